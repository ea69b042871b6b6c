using Cake.Core;
using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Build;

/// <summary>The options that say how Slurm trains the runs: those of the command line, then those of the file <c>slurm.yaml</c>.</summary>
internal static class SlurmArguments
{
    /// <summary>The name of the file in the folder of the project.</summary>
    public const string FileName = "slurm.yaml";

    private const string Prefix = "slurm-";

    /// <summary>The options' names, as the file has them; behind <c>slurm-</c> on the command line.</summary>
    private static readonly string[] Names =
    [
        "partition",
        "time",
        "cpus",
        "gres",
        "account",
        "max-tasks",
        "extra",
        "pack",
        "dotnet",
        "gpu",
    ];

    /// <summary>Whether --executor asks for Slurm.</summary>
    /// <exception cref="CakeException">It asks for something else that isn't this machine either.</exception>
    public static bool IsAsked(ICakeArguments arguments) =>
        BuildArguments.Value(arguments, "executor") switch
        {
            null or "local" => false,
            "slurm" => true,
            var other => throw new CakeException($"--executor={other} is not possible: it is local or slurm."),
        };

    /// <summary>Reads the options.</summary>
    /// <exception cref="CakeException">One is given without --executor=slurm, or has no possible value.</exception>
    /// <exception cref="PipelineException">One has no possible value, or the file is none.</exception>
    public static SlurmOptions Options(ICakeArguments arguments, string root)
    {
        var file = File(root);
        try
        {
            return Options(arguments, file);
        }
        catch (Exception e) when (e is CakeException or PipelineException)
        {
            throw Placed(e, arguments, file, Path.Combine(root, FileName));
        }
    }

    // What is wrong in the file is told with its line.
    private static Exception Placed(
        Exception wrong,
        ICakeArguments arguments,
        IReadOnlyDictionary<string, string> file,
        string path
    )
    {
        var name = file.Keys.FirstOrDefault(name =>
            OptionOf(name) is var option
            && !arguments.HasArgument(option)
            && wrong.Message.StartsWith($"--{option}", StringComparison.Ordinal)
        );
        if (name is null)
            return wrong;
        var line = System
            .IO.File.ReadLines(path)
            .TakeWhile(line => !line.TrimStart(' ', '"', '\'').StartsWith(name, StringComparison.Ordinal))
            .Count();
        return new CakeException($"{path}:{line + 1}: {wrong.Message}", wrong);
    }

    private static string OptionOf(string name) => name == "retries" ? name : Prefix + name;

    private static SlurmOptions Options(ICakeArguments arguments, IReadOnlyDictionary<string, string> file)
    {
        return new SlurmOptions
        {
            Partition = Given("partition"),
            Time = Given("time"),
            Cpus = Number(Prefix + "cpus", Given("cpus"), least: 1),
            Gres = Given("gres"),
            Account = Given("account"),
            MaxTasks = Number(Prefix + "max-tasks", Given("max-tasks"), least: 1),
            Extra = Given("extra"),
            Pack = Given("pack") is { } pack ? CacheLimits.Duration("slurm-pack", pack) : new SlurmOptions().Pack,
            Dotnet = Given("dotnet"),
            Retries =
                BuildArguments.Number(arguments, "retries", least: 0)
                ?? Number("retries", file.GetValueOrDefault("retries"), least: 0)
                ?? new SlurmOptions().Retries,
            Detach = BuildArguments.Flag(arguments, "detach"),
        }.Validate();

        string? Given(string name) => SlurmArguments.Given(arguments, file, name);

        static int? Number(string name, string? value, int least) =>
            value is null ? null
            : int.TryParse(value, out var number) && number >= least ? number
            : throw new CakeException($"--{name}={value} is not possible: give a whole number from {least} on.");
    }

    /// <summary>The model of the nodes' GPUs, as nvidia-smi names it; null where it isn't told.</summary>
    public static string? Gpu(ICakeArguments arguments, string root) => Given(arguments, File(root), "gpu");

    /// <summary>
    /// The arguments of a command that prepares the data for another, and, where that isn't to wait, submits its runs. It is given in the
    /// other's working directory.
    /// </summary>
    /// <param name="arguments">Those of the other.</param>
    /// <param name="submits">Whether it submits the runs.</param>
    /// <param name="isForced">Whether runs are done again although they are cached.</param>
    internal static string[] ForPreparation(IReadOnlyList<string> arguments, bool submits, bool isForced = false)
    {
        var kept = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var name = arguments[i].TrimStart('-').Split('=', ':')[0];
            // A value may follow its option.
            var isAlone =
                arguments[i].AsSpan().ContainsAny('=', ':')
                || i + 1 == arguments.Count
                || arguments[i + 1].StartsWith('-');
            string[] option = isAlone ? [arguments[i]] : [arguments[i], arguments[++i]];
            var isOfTarget = Array.Exists(BuildOption.All, o => o.Targets.Length > 0 && Is(name, o.Name));
            if (
                !isOfTarget
                && !Is(name, "t", "target", "force", "e", "exclusive", "w", "working")
                && (submits || !IsOurs(name))
            )
                kept.AddRange(option);
        }
        return
        [
            submits ? "--target=Train" : "--target=Preprocess",
            .. kept,
            .. submits && isForced ? ["--force"] : (string[])[],
        ];
    }

    private static IReadOnlyDictionary<string, string> File(string root) =>
        FlatYaml.Read(Path.Combine(root, FileName), [.. Names, "retries"]);

    private static string? Given(ICakeArguments arguments, IReadOnlyDictionary<string, string> file, string name) =>
        BuildArguments.Value(arguments, Prefix + name) ?? file.GetValueOrDefault(name);

    private static bool IsOurs(string name) =>
        Is(name, "executor", "retries", "detach") || name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    private static bool Is(string name, params string[] names) =>
        names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses options that would change nothing.</summary>
    /// <exception cref="CakeException">One is given without --executor=slurm.</exception>
    public static void RequireNone(ICakeArguments arguments)
    {
        var given = Names
            .Select(name => Prefix + name)
            .Concat(["retries", "detach"])
            .FirstOrDefault(arguments.HasArgument);
        if (given is not null)
            throw new CakeException($"--{given} is for --executor=slurm: give that too, or leave it away.");
    }
}
