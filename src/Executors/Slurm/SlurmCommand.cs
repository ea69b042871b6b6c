using System.Globalization;

namespace Pipeline.Executors.Slurm;

/// <summary>Builds the arguments of Slurm's commands and reads what they print. Nothing is run here.</summary>
internal static class SlurmCommand
{
    private const string Format = "%i|%T|%r|%N|%j";

    /// <summary>The arguments of sbatch for an array of tasks, numbered from 0.</summary>
    /// <param name="options">What is asked of Slurm.</param>
    /// <param name="name">The job's name.</param>
    /// <param name="folder">The folder of the job's files, on every node.</param>
    /// <param name="tasks">The number of tasks, from 1.</param>
    public static IReadOnlyList<string> Submit(SlurmOptions options, string name, string folder, int tasks)
    {
        var most = options.MaxTasks is { } count ? Text($"%{count}") : "";
        return
        [
            // Of an argument that is given twice the last counts.
            .. options.ExtraWords,
            "--parsable",
            $"--job-name={name}",
            Text($"--array=0-{tasks - 1}") + most,
            $"--chdir={folder}",
            $"--output={LogPattern(folder)}",
            // What a task says that is begun again follows what it said before.
            "--open-mode=append",
            "--requeue",
            .. Given("partition", options.Partition),
            .. Given("time", options.Time),
            .. Given("cpus-per-task", options.Cpus is { } cpus ? Text($"{cpus}") : null),
            .. Given("gres", options.Gres),
            .. Given("account", options.Account),
            Path.Combine(folder, JobFolder.Script),
        ];
    }

    /// <summary>
    /// The job's id in what sbatch printed with <c>--parsable</c>: the id, and behind a semicolon the cluster; null for none.
    /// </summary>
    public static string? ParseSubmitted(string output)
    {
        var line = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault();
        var id = line?.Split(';')[0] ?? "";
        return id.Length > 0 && id.All(char.IsAsciiDigit) ? id : null;
    }

    /// <summary>The arguments of squeue for the tasks of some jobs, those that ended a while ago too.</summary>
    /// <param name="names">The jobs' names. An id would be an error once Slurm has forgotten it, and may be another's later.</param>
    public static IReadOnlyList<string> Queue(IEnumerable<string> names) =>
        ["--noheader", "--all", "--array", "--states=all", $"--name={string.Join(',', names)}", $"--format={Format}"];

    /// <summary>The tasks in what squeue printed. Lines that are none are left out.</summary>
    public static IReadOnlyList<QueuedTask> ParseQueue(string output)
    {
        var tasks = new List<QueuedTask>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Trim().Split('|');
            if (fields.Length < 5)
                continue;
            // 17_3 is the fourth task of job 17; a reason may hold anything.
            var id = fields[0].Split('_');
            if (id.Length != 2 || !int.TryParse(id[1], NumberStyles.None, CultureInfo.InvariantCulture, out var task))
                continue;
            tasks.Add(new(fields[^1], id[0], task, fields[1], string.Join('|', fields[2..^2]), fields[^2]));
        }
        return tasks;
    }

    /// <summary>The arguments of scancel for all tasks of a job.</summary>
    public static IReadOnlyList<string> Cancel(string name) => ["--quiet", $"--name={name}"];

    /// <summary>The arguments of scontrol for Slurm's limits.</summary>
    public static IReadOnlyList<string> Limits { get; } = ["show", "config"];

    /// <summary>The limits in what scontrol printed; Slurm's defaults where it tells none.</summary>
    public static SlurmLimits ParseLimits(string output)
    {
        return new(Number("MaxArraySize") ?? 1001, Number("MaxJobCount") ?? 10_000);

        int? Number(string name) =>
            output
                .Split('\n')
                .Select(line => line.Split('=', 2))
                .Where(pair => pair.Length == 2 && pair[0].Trim() == name)
                .Select(pair =>
                    int.TryParse(pair[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? (int?)number
                        : null
                )
                .FirstOrDefault();
    }

    /// <summary>The arguments of sinfo for the CPUs of partitions.</summary>
    public static IReadOnlyList<string> Cpus(string? partition) =>
        ["--noheader", .. Given("partition", partition), "--format=%P|%C"];

    /// <summary>
    /// The CPUs that are up in what sinfo printed, such as <c>main*|1/3/0/4</c>: allocated, idle, other, all. Of partitions that nobody
    /// chose the default counts, which has a star.
    /// </summary>
    /// <returns>Their number; null where it tells none.</returns>
    public static int? ParseCpus(string output, string? partition)
    {
        var counts = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('|'))
            .Where(fields => fields.Length == 2 && (partition is not null || fields[0].EndsWith('*')))
            .Select(fields => fields[1].Split('/'))
            .Where(numbers => numbers.Length == 4)
            .Select(numbers => Count(numbers[0]) + Count(numbers[1]))
            .ToArray();
        return counts.Length == 0 ? null : counts.Sum();

        // Of large clusters it prints 12K.
        static int Count(string text) =>
            double.TryParse(text.TrimEnd('K'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? (int)(text.EndsWith('K') ? 1000 * number : number)
                : 0;
    }

    private static string LogPattern(string folder) =>
        Path.Combine(folder.Replace("%", "%%", StringComparison.Ordinal), JobFolder.Logs, "%a.log");

    private static string[] Given(string name, string? value) => value is null ? [] : [$"--{name}={value}"];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>Limits of a cluster.</summary>
/// <param name="MaxArraySize">One more than the largest number of a task.</param>
/// <param name="MaxJobCount">The most jobs, each task being one, that the controller knows at once.</param>
internal sealed record SlurmLimits(int MaxArraySize, int MaxJobCount);
