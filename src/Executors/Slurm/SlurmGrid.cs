using System.Diagnostics;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Slurm;

/// <summary>The runs of a command that Slurm is to train, and the tasks that have them.</summary>
internal sealed class SlurmGrid
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // The controller is asked less and less often while nothing changes.
    private static readonly TimeSpan ShortestQueuePause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestQueuePause = TimeSpan.FromSeconds(20);

    private readonly SlurmOptions options;
    private readonly SlurmClient slurm;
    private readonly DirectoryCache cache;
    private readonly IReadOnlyList<RunTask> tasks;
    private readonly Action<string> tell;
    private readonly SlurmSubmission submission;
    private readonly HashSet<string> own;
    private readonly HashSet<int> open;
    private readonly int[] tries;
    private readonly bool isForced;
    private readonly List<WatchedTask> watched = [];

    // What has ended since the last look that didn't fail.
    private List<EndedRun> untold = [];
    private readonly QueueNews news;

    // Before each look, and each question to Slurm; null for what suits a cluster.
    private readonly TimeSpan? fixedPause;
    private long lastQueue;
    private TimeSpan queuePause = ShortestQueuePause;

    public SlurmGrid(
        SlurmSite site,
        SlurmOptions options,
        SlurmClient slurm,
        DirectoryCache cache,
        IReadOnlyList<RunTask> tasks,
        HashSet<string> own,
        Action<string> tell,
        TimeSpan? fixedPause = null
    )
    {
        (this.options, this.slurm, this.cache, this.tasks, this.tell) = (options, slurm, cache, tasks, tell);
        (this.own, this.fixedPause) = (own, fixedPause);
        isForced = site.Description.IsForced;
        submission = new(site, options, slurm, tasks, tell) { Pause = fixedPause };
        news = new(tell);
        open = [.. Enumerable.Range(0, tasks.Count)];
        tries = new int[tasks.Count];
    }

    /// <summary>Whether all runs have ended.</summary>
    public bool IsDone => open.Count == 0;

    /// <summary>How long to wait before the next look.</summary>
    public TimeSpan Pause =>
        fixedPause
        ?? TimeSpan.FromMilliseconds(
            Math.Clamp(
                5.0 * watched.Count(task => !task.IsOver),
                ShortestPause.TotalMilliseconds,
                LongestPause.TotalMilliseconds
            )
        );

    /// <summary>Finds the jobs that have some of the runs already, and submits the others.</summary>
    /// <param name="cancellation">Ends it.</param>
    public void Begin(CancellationToken cancellation)
    {
        using var alone = JobsLock.Take(cache.Folder, tell, cancellation);
        Adopt(own, cancellation);
        var known = watched.SelectMany(task => task.Runs).Where(open.Contains).ToHashSet();
        if (watched.Any(task => !own.Contains(task.Folder.Name)))
            tell($"slurm: waiting for {Told.Runs(known.Count)} submitted before: {Told.Jobs(watched)}");
        int[] rest = [.. open.Except(known).Order()];
        if (rest.Length > 0)
            Submit(submission.Pack(rest, cancellation), cancellation);
    }

    /// <summary>Looks what has ended since the last look.</summary>
    public IReadOnlyList<EndedRun> Look(CancellationToken cancellation)
    {
        var ended = untold;
        ReadAttempts(ended);
        if (open.Count > 0 && (lastQueue == 0 || Stopwatch.GetElapsedTime(lastQueue) >= (fixedPause ?? queuePause)))
        {
            if (slurm.Queue(UnfinishedJobs()) is { } queued)
            {
                Note(queued);
                ReadAttempts(ended);
                Conclude(ended, cancellation);
                news.Tell([
                    .. watched
                        .Where(task => task is { IsOver: false, Queued.HasEnded: false })
                        .Select(task => task.Queued!),
                ]);
            }
            lastQueue = Stopwatch.GetTimestamp();
            var isQuiet = ended.Count == 0 && !watched.Any(task => task is { IsOver: false, IsGone: true });
            queuePause =
                isQuiet && queuePause * 1.5 is var longer && longer < LongestQueuePause ? longer
                : isQuiet ? LongestQueuePause
                : ShortestQueuePause;
        }
        untold = [];
        return ended;
    }

    /// <summary>Fails where a limit of the cluster has kept runs from being submitted.</summary>
    /// <exception cref="PipelineException">It has.</exception>
    public void RequireAllSubmitted()
    {
        if (submission.Backlog.Count() is > 0 and var count)
            throw new PipelineException(
                $"Slurm has accepted all but {Told.Runs(count)}, as a limit of the cluster is reached: give the command again later, or without --detach, which submits the rest as tasks end."
            );
    }

    /// <summary>Tells how to come back to jobs that are left.</summary>
    public void TellOfJobs()
    {
        var left = watched.Where(task => !task.IsOver).ToList();
        var then = isForced ? "their results take the place of those in the cache" : "the same command waits for them";
        if (left.Count > 0)
            tell($"slurm: left to Slurm: {Told.Jobs(left)}; {then}, scancel with a job's number ends it");
    }

    /// <summary>Cancels the jobs that this command has submitted.</summary>
    public void Cancel()
    {
        foreach (var name in own)
            slurm.Cancel(name);
    }

    /// <summary>Deletes the files of jobs of which nothing is left to tell.</summary>
    public void Tidy()
    {
        foreach (var job in watched.GroupBy(task => task.Folder.Path, StringComparer.Ordinal))
        {
            if (job.All(task => task.IsComplete) && job.Count() == job.First().Folder.ReadKeys().Count)
                job.First().Folder.Delete();
        }
    }

    private void Submit(IReadOnlyList<PackOfRuns> packs, CancellationToken cancellation)
    {
        var before = watched.Count;
        if (submission.Submit(packs, watched, own, cancellation) is not { } limit)
            return;
        if (watched.All(task => task.IsOver || task.IsGone))
        {
            throw new PipelineException(
                $"Slurm accepts no job as a limit of the cluster is reached ({limit}), though none of this command's is left: see what squeue --me lists, or ask for less with --slurm-cpus, --slurm-time or --slurm-extra."
            );
        }
        if (packs.Count > 0 || watched.Count > before)
            tell($"slurm: {limit}; {Told.Runs(submission.Backlog.Count())} will be submitted as tasks end");
    }

    // The tasks of other commands' jobs that have some of the runs are watched as the own ones are; to be called with the lock.
    private void Adopt(IReadOnlySet<string> finished, CancellationToken cancellation)
    {
        if (isForced)
            return;
        var known = watched.Select(task => $"{task.Folder.Name} {task.Number}").ToHashSet(StringComparer.Ordinal);
        watched.AddRange(
            KnownJobs
                .Find(cache.Folder, tasks, finished, slurm, cancellation)
                .Where(task => task.Runs.Any(open.Contains) && !known.Contains($"{task.Folder.Name} {task.Number}"))
        );
    }

    private void ReadAttempts(List<EndedRun> ended)
    {
        foreach (
            var job in watched.Where(task => !task.IsOver).GroupBy(task => task.Folder.Path, StringComparer.Ordinal)
        )
        {
            if (job.Any(task => task.IsGone))
                job.First().Folder.Refresh();
            var files = job.First().Folder.AttemptFiles();
            var isTidied = job.First().Folder.IsGone;
            foreach (var task in job)
            {
                // Another command saw all done.
                foreach (var run in isTidied && !isForced ? task.Runs.Where(open.Contains).ToArray() : [])
                    End(run, task, ended);
                task.Read(files.GetValueOrDefault(task.Number));
                if (task.Attempt is { } attempt)
                    Take(task, attempt, ended);
            }
        }
    }

    private void Take(WatchedTask task, Attempt attempt, List<EndedRun> ended)
    {
        foreach (var place in attempt.Done)
        {
            if (place < task.Runs.Count && task.Runs[place] is >= 0 and var run && open.Contains(run))
                End(run, task, ended);
        }
        foreach (var failed in attempt.Failed)
        {
            if (failed.Run < task.Runs.Count)
                Fail(task.Runs[failed.Run], failed.Sentence, ended);
        }
        task.IsOver = !task.Runs.Any(open.Contains) && attempt.State is AttemptState.Ended;
    }

    // What a task says that it has stored is believed once it is seen.
    private void End(int run, WatchedTask task, List<EndedRun> ended)
    {
        if (!cache.Holds(tasks[run].Key))
            return;
        open.Remove(run);
        ended.Add(
            isForced
                ? new(run, StoredResult.Of(tasks[run].Key, cache), null)
                : new(run, null, null) { IsStoredForThis = own.Contains(task.Folder.Name) }
        );
    }

    private void Fail(int run, string sentence, List<EndedRun> ended)
    {
        if (open.Remove(run))
            ended.Add(new(run, null, new PipelineException(sentence)));
    }

    private string[] UnfinishedJobs() =>
        [.. watched.Where(task => !task.IsOver).Select(task => task.Folder.Name).Distinct(StringComparer.Ordinal)];

    private void Note(IReadOnlyList<QueuedTask> queued)
    {
        var rows = queued.ToLookup(task => (task.Job, task.Number));
        foreach (var task in watched.Where(task => !task.IsOver))
            task.Note(KnownJobs.Newest(rows[(task.Folder.Name, task.Number)]));
    }

    // Submits again what tasks left that have gone, unless another task has it.
    private void Conclude(List<EndedRun> ended, CancellationToken cancellation)
    {
        WatchedTask[] lost = [.. watched.Where(task => task.IsLost(fixedPause))];
        if (lost.Length == 0 && !submission.IsDue)
            return;
        foreach (var task in lost)
        {
            // What another stored, or the task itself before it could say so.
            foreach (var run in isForced ? [] : task.Runs.Where(open.Contains).ToArray())
                End(run, task, ended);
        }
        using var alone = JobsLock.Take(cache.Folder, tell, cancellation);
        Adopt(new HashSet<string>(StringComparer.Ordinal), cancellation);
        var taken = watched.Where(task => !task.IsOver).Except(lost).SelectMany(task => task.Runs).ToHashSet();
        submission.Drop(taken.Contains);
        taken.UnionWith(submission.Backlog);
        var again = new List<PackOfRuns>();
        foreach (var task in lost)
        {
            if (task.Runs.Where(run => open.Contains(run) && taken.Add(run)).ToArray() is { Length: > 0 } left)
                again.AddRange(Decide(task, left, ended));
        }
        Submit(again, cancellation);
        Array.ForEach(lost, task => task.IsOver = true);
    }

    private IReadOnlyList<PackOfRuns> Decide(WatchedTask task, int[] left, List<EndedRun> ended)
    {
        var runs = LeftRuns.Of(task, left, tries, options.Retries, own.Contains(task.Folder.Name));
        foreach (var run in runs.Failed)
            Fail(run, runs.Sentence, ended);
        if (runs.Again.Sum(pack => pack.Runs.Count) is > 0 and var count)
            tell($"slurm: {runs.Sentence}; {Told.Runs(count)} {(count == 1 ? "is" : "are")} submitted again");
        return runs.Again;
    }
}
