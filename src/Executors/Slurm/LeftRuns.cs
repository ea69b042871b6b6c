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
    /// <param name="isOwn">Whether this command submitted the task.</param>
    public static LeftRuns Of(WatchedTask task, IReadOnlyList<int> runs, int[] tries, int retries, bool isOwn = true)
    {
        var (ending, state, threads) = (task.Ending(), task.Queued?.State, task.Attempt?.Threads);
        // Who else cancelled its job gave up more than this command asked for.
        if (state == "CANCELLED" && isOwn)
            return new([], runs, $"{ending}; the same command submits it again");
        if (state == "OUT_OF_MEMORY" && threads is null or 1 && runs.Count == 1)
            return new([], runs, $"{ending}: ask for more with --slurm-extra=--mem=<size>");
        var failed = new List<int>();
        // Where some of a task's runs were done, or they are parted until one is left, they get on the next time.
        if (task.Attempt is not { Trained: > 0 } && state != "OUT_OF_MEMORY")
            failed.AddRange(runs.Where(run => ++tries[run] > retries));
        int[] left = [.. runs.Except(failed)];
        // Half the runs take half the time; of a few that need much memory the others are parted, or fewer train at once.
        var isHalved = state == "TIMEOUT" || (state == "OUT_OF_MEMORY" && threads is null or 1);
        var fewer = state == "OUT_OF_MEMORY" && threads > 1 ? threads / 2 : task.Threads;
        var again = left.Length == 0 ? [] : left.Chunk(isHalved ? (left.Length + 1) / 2 : left.Length);
        return new(
            [.. again.Select(part => new PackOfRuns(part, fewer))],
            failed,
            failed.Count > 0 && retries > 0 ? $"{ending}, also when it was submitted again" : ending
        );
    }
}
