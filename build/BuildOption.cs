namespace Pipeline.Build;

/// <summary>An option of the tasks: what is not among these, nor the host's, is refused.</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Value">What its value stands for, or null for a flag.</param>
/// <param name="Summary">One line of help; that of an option for some targets goes on behind their names.</param>
/// <param name="Targets">The targets that it is for, beside others it is refused; empty for those that any may have.</param>
internal sealed record BuildOption(string Name, string? Value, string Summary, params string[] Targets)
{
    /// <summary>All of them, by name.</summary>
    public static readonly BuildOption[] All =
    [
        new("backend", "NAME", "Who computes the runs: managed or torch; as --set=backend=NAME"),
        new("cache", "PLACE", "Folder or url of finished work; else PIPELINE_CACHE, else the user's cache folder"),
        new("cache-mode", "MODE", "readwrite (the default), or read to add nothing to the cache"),
        new("cell", "VALUES", "the cells to follow, such as activation=relu; all when not given", "History"),
        new("check", null, "only look, and change nothing", "Format", "Clean"),
        new("checkpoint", "TIME", "How often a run keeps where it is, to go on from there; 30s when not given"),
        new("data", "FOLDER", "Where data sets are that don't come with the project"),
        new("detach", null, "For slurm: end once all is submitted; the same command without it waits for the runs"),
        new("device", "NAME", "For torch: cpu (the default), cuda, cuda:<n>, or auto, a GPU where there is one"),
        new("devices", "NUMBERS", "For torch: several GPUs, such as 0,1, each with --jobs runs at a time"),
        new("executor", "NAME", "Who trains the runs: local (the default), or slurm, the nodes of a cluster"),
        new(
            "experiment",
            "NAMES",
            "These studies, by name or path and parted by commas, instead of those marked default"
        ),
        new("fail-fast", null, "Stop after a failed run"),
        new("fail-on", "WHAT", "fail on any, significant or verdict differences", "Diff"),
        new("folded", null, "batch normalizations folded into the layers before them", "Export"),
        new("force", null, "Do the target's own stage again although it is cached"),
        new("from", "SOURCE", "the revision or folder to compare from; HEAD when not given", "Diff"),
        new("jobs", "N", "Runs at a time; the physical cores when not given"),
        new("keep", "TIME", "entries unused for longer go, such as 30d (the default), 12h or 90m", "Clean"),
        new("keep-going", null, "After a failed run do the others first (the default)"),
        new("max-size", "SIZE", "the oldest entries go until this size fits, such as 5GB or 500MB", "Clean"),
        new("only", "CONDITION", "Part of a grid, such as activation=relu,tanh; may be given again, conditions add up"),
        new("open", null, "print the address of the page", "Report"),
        new("resolved", null, "print the study as it would run, as YAML and nothing else", "Plan"),
        new("results", "FOLDER", "Where reports go; results/, or artifacts/results/ for part of a study"),
        new("retries", "N", "For slurm: how often what a task left undone is submitted again; 2 when not given"),
        new("run", "ID", "the run, from the first column of a runs.csv", "Show", "Export"),
        new("sample", "N", "how many cached runs are trained again; 20 when not given", "Audit"),
        new("seconds", "N", "how long it goes on; 60 when not given", "Fuzz"),
        new("seed", "N", "chooses the runs, others each time when not given, or the inputs", "Audit", "Fuzz"),
        new("set", "NAME=VALUE", "Another value for something held fixed, such as epochs=5; may be given again"),
        new("slurm-account", "NAME", "For slurm: the account that is charged; these may stand in slurm.yaml too"),
        new("slurm-cpus", "N", "For slurm: the CPUs of a task, which trains as many runs at once"),
        new(
            "slurm-dotnet",
            "COMMAND",
            "For slurm: what starts .NET programs on the nodes; this command's when not given"
        ),
        new("slurm-extra", "ARGUMENTS", "For slurm: more arguments of sbatch, such as '--mem=8G --qos=long'"),
        new(
            "slurm-gpu",
            "MODEL",
            "For slurm and torch: the nodes' GPUs, as nvidia-smi names them, where there is none here"
        ),
        new("slurm-gres", "LIST", "For slurm: generic resources of a task, such as gpu:1"),
        new("slurm-max-tasks", "N", "For slurm: the most tasks that run at once"),
        new("slurm-pack", "TIME", "For slurm: how long a task is to take; 10m when not given"),
        new("slurm-partition", "NAME", "For slurm: the partition; the cluster's default when not given"),
        new("slurm-time", "TIME", "For slurm: the time limit of a task, as sbatch has it, such as 02:00:00"),
        new("so-far", null, "make it of the runs that are done, and train none", "Report"),
        new("to", "TARGET", "the revision or folder to compare to, or the folder to write to", "Diff", "Export"),
        new(
            "tolerance",
            "NUMBER",
            "up to what a number may differ, relative to those above 1; 0 when not given",
            "Diff"
        ),
    ];

    /// <summary>The targets that no study is asked of.</summary>
    public static readonly string[] Studyless = ["Benchmark", "Clean", "Doctor", "Format", "Fuzz", "Test"];

    /// <summary>Whether it says which runs there are, or how they are made.</summary>
    public bool IsOfStudies =>
        Targets.Length == 0 && Name is not ("cache" or "cache-mode" or "data" or "jobs" or "results");

    private string HelpText => Targets.Length == 0 ? Summary : $"For {string.Join(" and ", Targets)}: {Summary}";

    /// <summary>Whether a command line asks for help, which the host gives; what follows <c>--</c> is not for the host.</summary>
    public static bool IsHelp(IEnumerable<string> arguments) =>
        arguments.TakeWhile(a => a != "--").Any(a => a is "--help" or "-h" or "-?");

    /// <summary>
    /// A command line as the host is to see it: to the host <c>--dryrun</c> means that tasks are listed, but Clean alone lists what it
    /// would remove, as with <c>--check</c>. With Plan's <c>--resolved</c> it says nothing itself.
    /// </summary>
    public static string[] ForHost(string[] arguments)
    {
        string[] dry = ["dryrun", "noop", "whatif"];
        var options = arguments.TakeWhile(argument => argument != "--").ToArray();
        var targets = TargetsOf(options);
        // What stands on standard output then is YAML alone.
        if (Are("Plan") && options.Any(option => IsOn(option, "resolved")))
            return [.. options, "--verbosity=quiet", .. arguments[options.Length..]];
        return Are("Clean")
            ?
            [
                .. options.Select(option => dry.Any(name => IsOn(option, name)) ? "--check" : option),
                .. arguments[options.Length..],
            ]
            : arguments;

        bool Are(string target) =>
            targets is [_, ..] && targets.All(name => name.Equals(target, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOn(string option, string name) =>
        option == $"--{name}" || option.Equals($"--{name}=true", StringComparison.OrdinalIgnoreCase);

    private static string[] TargetsOf(string[] options)
    {
        string[] names = ["--target", "-t", "--Target"];
        return
        [
            .. options
                .Select(
                    (option, i) =>
                        (Name: option.Split('=', ':')[0], Option: option, Next: options.ElementAtOrDefault(i + 1))
                )
                .Where(option => names.Contains(option.Name, StringComparer.Ordinal))
                .Select(option =>
                    (option.Option == option.Name ? option.Next : option.Option[(option.Name.Length + 1)..]) ?? ""
                ),
        ];
    }

    /// <summary>The help on all options, to follow the host's on its own.</summary>
    public static string Help()
    {
        var names = Array.ConvertAll(All, o => o.Value is null ? $"--{o.Name}" : $"--{o.Name}={o.Value}");
        var width = names.Max(name => name.Length);
        return string.Join(
            Environment.NewLine,
            [
                "",
                "OPTIONS OF THE TASKS:",
                .. names.Zip(All, (name, option) => $"    {name.PadRight(width)}    {option.HelpText}"),
            ]
        );
    }
}
