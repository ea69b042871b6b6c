using System.Globalization;
using Cake.Core;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Caching.Remote;
using Pipeline.Diff;
using Pipeline.Executors;
using Pipeline.Flow;
using Pipeline.Stages.Expand;

namespace Pipeline.Build;

/// <summary>The arguments of the command line: the one place that knows their forms.</summary>
internal static class BuildArguments
{
    private static readonly string[] Hosts =
    [
        "description",
        "dryrun",
        "e",
        "exclusive",
        "h",
        "help",
        "info",
        "t",
        "target",
        "tree",
        "v",
        "verbosity",
        "version",
        "w",
        "working",
    ];

    private static readonly string[] Reports = ["Report", "Default"];
    private static readonly string[] Lookers = ["Plan", "Show", "Verify", "Diff", "Audit", "Status"];

    private static readonly Dictionary<string, Goal> Goals = Enum.GetValues<Goal>()
        .ToDictionary(goal => goal.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the options.</summary>
    /// <exception cref="CakeException">An argument is unknown, lacks its value or has a wrong one.</exception>
    public static PipelineOptions Options(ICakeArguments arguments, string root, string caller)
    {
        foreach (var name in arguments.GetArguments().Keys)
        {
            RequireKnown(name);
            RequireTarget(arguments, name);
        }
        if (Flag(arguments, "keep-going") && Flag(arguments, "fail-fast"))
            throw new CakeException("--keep-going and --fail-fast exclude each other: give one of them.");
        var location = Cache(arguments, caller);
        var mode = Value(arguments, "cache-mode");
        if (mode is not (null or "read" or "readwrite"))
            throw new CakeException($"--cache-mode={mode} is not possible: it is read or readwrite.");
        var remote = location.Address is { } address
            ? RemoteAddress.Parse(address, mode == "read", Environment.GetEnvironmentVariable)
            : null;
        return new PipelineOptions
        {
            Root = root,
            Cache = location.Folder,
            // A shared cache is what the mode is about, and the folder before it is written all the same.
            CacheIsReadOnly =
                remote is null && mode is not null
                    ? mode == "read"
                    : OnlyLooks(arguments) && !DirectoryCache.CanBeWritten(location.Folder),
            Remote = remote,
            Experiments = [.. Values(arguments, "experiment").SelectMany(list => Names(list, caller))],
            Only = Values(arguments, "only"),
            Set =
            [
                .. Value(arguments, "backend") is { } backend ? [$"{ParameterUse.Backend}={backend}"] : (string[])[],
                .. Values(arguments, "set"),
            ],
            Data = Path(arguments, "data", caller),
            Results = Path(arguments, "results", caller),
            CallerDirectory = caller,
            Force = Flag(arguments, "force"),
            FailFast = Flag(arguments, "fail-fast"),
            Open = Flag(arguments, "open"),
            SoFar = SoFar(arguments),
            Goal = arguments
                .GetArguments("target")
                .OfType<string>()
                .Where(Goals.ContainsKey)
                .Select(name => Goals[name])
                .LastOrDefault(Goal.Report),
            Devices = Array.Find(["--device", "--devices"], name => arguments.HasArgument(name[2..])),
            Jobs = Value(arguments, "jobs") is { } jobs ? Whole("jobs", jobs) : PhysicalCores.Count,
        }.Validate();
    }

    // An address stays as it is; a folder is relative to that from which the command was given.
    private static CacheLocation Cache(ICakeArguments arguments, string caller)
    {
        var given = Value(arguments, "cache");
        return CacheLocation.Resolve(
            given is not null && CacheLocation.IsAddress(given) ? given : Path(arguments, "cache", caller),
            Environment.GetEnvironmentVariable,
            OperatingSystem.IsWindows()
        );
    }

    /// <summary>Reads what --target=Diff compares.</summary>
    /// <exception cref="CakeException">An argument lacks its value or has a wrong one.</exception>
    public static DiffRequest Diff(ICakeArguments arguments) =>
        new(
            Value(arguments, "from"),
            Value(arguments, "to"),
            Value(arguments, "fail-on") switch
            {
                null => FailOn.Nothing,
                "any" => FailOn.Any,
                "significant" => FailOn.Significant,
                "verdict" => FailOn.Verdict,
                var other => throw new CakeException(
                    $"--fail-on={other} is not possible: it is any, significant or verdict."
                ),
            },
            Value(arguments, "tolerance") is { } tolerance ? Size("tolerance", tolerance) : 0
        );

    /// <summary>The value of an argument, or null where it is not given.</summary>
    /// <exception cref="CakeException">The argument is given twice or without a value.</exception>
    public static string? Value(ICakeArguments arguments, string name) =>
        Values(arguments, name) switch
        {
            [] => null,
            [var value] => value,
            _ => throw new CakeException($"--{name} is given more than once: give it once."),
        };

    /// <summary>The absolute path that an argument names, or null where it is not given.</summary>
    /// <exception cref="CakeException">The argument is given twice, without a value, or is a URL.</exception>
    public static string? Path(ICakeArguments arguments, string name, string caller) =>
        Value(arguments, name) switch
        {
            null => null,
            var url when url.Contains("://", StringComparison.Ordinal) => throw new CakeException(
                $"--{name}={url} is not possible: name a folder."
            ),
            ("~" or ['~', '/', ..]) and var home => throw new CakeException(
                $"--{name}={home} is not possible: no shell has put your home folder in the place of ~; write the folder behind a space or in full."
            ),
            var path => System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path, caller)),
        };

    /// <summary>Whether a switch is given, and not as false.</summary>
    /// <exception cref="CakeException">The argument has another value than true or false.</exception>
    public static bool Flag(ICakeArguments arguments, string name) =>
        arguments.HasArgument(name)
        && (arguments.GetArguments(name).LastOrDefault() ?? "true") switch
        {
            "" or "true" or "True" => true,
            "false" or "False" => false,
            var other => throw new CakeException(
                $"--{name}={other} is not possible: write --{name} alone, or with true or false."
            ),
        };

    // Beside another target it would be lost, and runs trained that nobody asked for.
    private static bool SoFar(ICakeArguments arguments)
    {
        var isAsked = Flag(arguments, "so-far");
        return !isAsked || arguments.GetArguments("target").All(IsReport)
            ? isAsked
            : throw new CakeException("--so-far belongs to --target=Report alone: leave one of them away.");
    }

    private static bool IsReport(string? target) =>
        target is null || Reports.Contains(target, StringComparer.OrdinalIgnoreCase);

    // Such a command needs no cache that can be written.
    private static bool OnlyLooks(ICakeArguments arguments) =>
        arguments.GetArguments("target").All(target => Lookers.Contains(target, StringComparer.OrdinalIgnoreCase));

    private static List<string> Values(ICakeArguments arguments, string name) =>
        [
            .. arguments
                .GetArguments(name)
                .Select(v =>
                    string.IsNullOrEmpty(v)
                        ? throw new CakeException($"--{name} has no value: write --{name}=<value>.")
                        : v
                ),
        ];

    // A comma may stand in the path of a study, too.
    private static string[] Names(string list, string caller) =>
        File.Exists(System.IO.Path.GetFullPath(list, caller)) ? [list]
        : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            is { Length: > 0 } names
            ? names
        : throw new CakeException($"--experiment={list} names no study: write --experiment=<name>.");

    /// <summary>The whole number that an argument gives, or null where it is not given.</summary>
    /// <exception cref="CakeException">The argument is given twice, or is no whole number from the least on.</exception>
    public static int? Number(ICakeArguments arguments, string name, int least) =>
        Value(arguments, name) is not { } value ? null
        : Whole(name, value) is var number && number >= least ? number
        : throw new CakeException($"--{name}={value} is not possible: give a whole number from {least} on.");

    private static int Whole(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CakeException($"--{name}={value} is not possible: give a whole number.");

    private static double Size(string name, string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
        && number >= 0
            ? number
            : throw new CakeException($"--{name}={value} is not possible: give a number, 0 or more.");

    // Ignored, an option would promise what isn't done: a Verify with --fail-on=any that fails on nothing.
    private static void RequireTarget(ICakeArguments arguments, string name)
    {
        var option = BuildOption.All.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (option is null)
            return;
        var given = arguments.GetArguments("target").Select(target => IsReport(target) ? "Report" : target).ToArray();
        string[] targets = given is [] ? ["Report"] : given;
        if (option.IsOfStudies && targets.All(t => BuildOption.Studyless.Contains(t, StringComparer.OrdinalIgnoreCase)))
            throw new CakeException(
                $"--{option.Name} is about the runs of studies, and --target={string.Join(" and --target=", targets)} is not: leave --{option.Name} away."
            );
        var able = option.Targets;
        if (able is [] || targets.Intersect(able, StringComparer.OrdinalIgnoreCase).Any())
            return;
        throw new CakeException(
            $"--{option.Name} belongs to --target={string.Join(" and --target=", able)}: give that target, or leave --{option.Name} away."
        );
    }

    // What the host knows under this very name it has taken for itself already; it takes its names in lower case only.
    private static void RequireKnown(string name)
    {
        var ours = Array.ConvertAll(BuildOption.All, option => option.Name);
        if (ours.Contains(name, StringComparer.OrdinalIgnoreCase) || Hosts.Contains(name, StringComparer.Ordinal))
            return;
        if (Hosts.FirstOrDefault(host => host.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } lower)
            throw new CakeException($"There is no argument --{name}: write --{lower} in lower case.");
        var nearest = Nearest.Of(name, [.. ours, .. Hosts.Where(host => host.Length > 1)]);
        var hint = nearest is null ? $": there is --{string.Join(", --", ours)}" : $"; the nearest is --{nearest}";
        throw new CakeException($"There is no argument --{name}{hint}.");
    }
}
