namespace Pipeline.Executors.Slurm;

/// <summary>The jobs that have a folder in a cache, whoever submitted them.</summary>
internal static class KnownJobs
{
    // The logs of what failed stay for so long.
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);

    /// <summary>The tasks, pending or running, that have some of a command's runs; of its own jobs those that ended too.</summary>
    /// <param name="cache">The cache's folder.</param>
    /// <param name="tasks">The command's runs.</param>
    /// <param name="own">The names of the jobs that the command has submitted.</param>
    /// <param name="slurm">Slurm.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Artifacts.PipelineException">Slurm doesn't tell.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<WatchedTask> Find(
        string cache,
        IReadOnlyList<RunTask> tasks,
        IReadOnlySet<string> own,
        SlurmClient slurm,
        CancellationToken cancellation
    )
    {
        var index = tasks
            .Index()
            .ToDictionary(task => task.Item.Key.Digest, task => task.Index, StringComparer.Ordinal);
        var jobs = JobFolder.All(cache).Select(folder => (Folder: folder, Keys: folder.ReadKeys())).ToArray();
        var rows = slurm.QueueForSure([.. jobs.Select(job => job.Folder.Name)], cancellation);
        var queued = rows.ToLookup(task => (task.Job, task.Number));
        var live = rows.Where(task => !task.HasEnded).Select(task => task.Job).ToHashSet(StringComparer.Ordinal);
        var found = new List<WatchedTask>();
        foreach (var (folder, keysOfTasks) in jobs)
        {
            var isLive = live.Contains(folder.Name);
            var isOwn = own.Contains(folder.Name);
            foreach (var (number, keys) in keysOfTasks.Index())
            {
                var row = Newest(queued[(folder.Name, number)]);
                var isPending = row is { HasEnded: false };
                isLive |= isOwn;
                int[] runs = [.. keys.Select(key => index.GetValueOrDefault(key, -1))];
                if (!(isPending || isOwn) || !runs.Any(run => run >= 0))
                    continue;
                var task = new WatchedTask(folder, number, runs);
                if (row is not null)
                    task.Note(row);
                found.Add(task);
            }
            if (!isLive && (folder.Age > Keep || IsComplete(folder, keysOfTasks)))
                folder.Delete();
        }
        return found;
    }

    /// <summary>
    /// Of the rows of a task the one that counts: a task that was submitted twice, as its controller was silent, has two.
    /// </summary>
    internal static QueuedTask? Newest(IEnumerable<QueuedTask> rows) =>
        rows.OrderBy(row => row.HasEnded).FirstOrDefault();

    // All is stored, as a command found that didn't wait for it.
    private static bool IsComplete(JobFolder folder, IReadOnlyList<IReadOnlyList<string>> keysOfTasks)
    {
        if (keysOfTasks.Count == 0)
            return false;
        var files = folder.AttemptFiles();
        return keysOfTasks
            .Index()
            .All(task =>
                files.TryGetValue(task.Index, out var file)
                && folder.ReadAttempt(file)?.HasStoredAll(task.Item.Count) is true
            );
    }
}
