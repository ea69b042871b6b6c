namespace Pipeline.Executors.Slurm;

/// <summary>Parts of what is told of jobs.</summary>
internal static class Told
{
    /// <summary>The jobs of some tasks, a few of many.</summary>
    public static string Jobs(IEnumerable<WatchedTask> some)
    {
        string[] names =
        [
            .. some.Select(task => task.Queued is { } queued ? $"job {queued.Id}" : task.Folder.Name)
                .Distinct(StringComparer.Ordinal),
        ];
        return names.Length <= 3
            ? string.Join(", ", names)
            : $"{string.Join(", ", names[..3])} and {names.Length - 3} more";
    }

    /// <summary>A number of runs.</summary>
    public static string Runs(int count) => count == 1 ? "a run" : FormattableString.Invariant($"{count} runs");
}
