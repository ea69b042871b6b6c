namespace Pipeline.Executors.Slurm;

/// <summary>How runs are spread over tasks.</summary>
internal static class Packing
{
    /// <summary>The shortest time for which it is worth to begin a task, in seconds.</summary>
    private const double Shortest = 10;

    /// <summary>The number of tasks for some runs.</summary>
    /// <param name="seconds">How long each run takes, about.</param>
    /// <param name="threads">How many a task trains at once.</param>
    /// <param name="wanted">How long a task is to take, in seconds.</param>
    /// <param name="slots">How many tasks the cluster could run at once; null where that isn't known.</param>
    /// <param name="most">The most tasks.</param>
    public static int Count(IReadOnlyList<double> seconds, int threads, double wanted, int? slots, int most)
    {
        var total = seconds.Sum() / threads;
        // Where all is done soon, tasks are shorter than wanted, so that no node stays idle.
        var spread = Math.Min(slots ?? 1, Math.Ceiling(total / Shortest));
        var count = Math.Max(Math.Ceiling(total / wanted), spread);
        return (int)Math.Clamp(count, 1, Math.Min(seconds.Count, most));
    }

    /// <summary>
    /// Deals runs to tasks that take about equally long, each with some of the early and some of the late ones. Neighbours in a grid differ
    /// in an axis' value each time, which may tell how long they take; so they aren't dealt in turn.
    /// </summary>
    /// <param name="seconds">How long each run takes, about.</param>
    /// <param name="count">The number of tasks, at most that of runs.</param>
    /// <returns>For each task the positions of its runs, in order.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Deal(IReadOnlyList<double> seconds, int count)
    {
        var order = Enumerable
            .Range(0, seconds.Count)
            .OrderByDescending(i => seconds[i])
            .ThenBy(Scattered)
            .ThenBy(i => i);
        var packs = Enumerable.Range(0, count).Select(_ => new List<int>()).ToArray();
        var least = new PriorityQueue<int, (double Seconds, int Runs, int Pack)>(
            packs.Select((_, pack) => (pack, (0.0, 0, pack)))
        );
        foreach (var run in order)
        {
            least.TryDequeue(out var pack, out var load);
            packs[pack].Add(run);
            least.Enqueue(pack, (load.Seconds + seconds[run], load.Runs + 1, pack));
        }
        return [.. packs.Where(pack => pack.Count > 0).Select(pack => pack.Order().ToArray())];
    }

    // The finishing steps of a common hash: numbers that follow each other end far apart.
    private static uint Scattered(int number)
    {
        var x = unchecked((uint)number * 0x9E3779B9);
        x ^= x >> 16;
        x = unchecked(x * 0x85EBCA6B);
        return x ^ (x >> 13);
    }
}
