namespace Pipeline.Executors.Slurm;

/// <summary>What becomes of the runs that a task left undone.</summary>
/// <param name="Again">Those that are submitted again.</param>
/// <param name="Failed">Those that are given up.</param>
/// <param name="Sentence">How the task ended, and for those that are given up what helps.</param>
internal sealed record LeftRuns(IReadOnlyList<PackOfRuns> Again, IReadOnlyList<int> Failed, string Sentence)
{
    /// <summary>Decides it.</summary>
    /// <param name="task">The task that has gone.</param>
    /// <param name="runs">The positions of the runs that it left.</param>
    /// <param name="tries">How often each of the command's runs was submitted again without getting on; counted here.</param>
    /// <param name="retries">How often that may be.</param>
    public static LeftRuns Of(WatchedTask task, IReadOnlyList<int> runs, int[] tries, int retries)
    {
        var ending = task.Ending();
        switch (task.Queued?.State)
        {
            case "CANCELLED":
                return new([], runs, $"{ending}; the same command submits it again");
            case "OUT_OF_MEMORY" when task.Attempt?.Threads is null or 1:
                return new([], runs, $"{ending}: ask for more with --slurm-extra=--mem=<size>");
        }
        var failed = new List<int>();
        // Where some of a task's runs were done, the others get on the next time.
        if (task.Attempt is not { Trained: > 0 })
            failed.AddRange(runs.Where(run => ++tries[run] > retries));
        int[] left = [.. runs.Except(failed)];
        var again = task.Queued?.State switch
        {
            "TIMEOUT" => left.Chunk((left.Length + 1) / 2 is > 0 and var half ? half : 1)
                .Select(part => new PackOfRuns(part)),
            // Fewer at once need less.
            "OUT_OF_MEMORY" when left.Length > 0 => [new(left, task.Attempt!.Threads / 2)],
            _ when left.Length > 0 => [new(left)],
            _ => (IEnumerable<PackOfRuns>)[],
        };
        return new(
            [.. again],
            failed,
            failed.Count > 0 && retries > 0 ? $"{ending}, also when it was submitted again" : ending
        );
    }
}
