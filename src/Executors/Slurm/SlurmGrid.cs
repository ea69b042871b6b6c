using System.Diagnostics;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Executors.Slurm;

/// <summary>The runs of a command that Slurm is to train, and the tasks that have them.</summary>
internal sealed class SlurmGrid
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QueuePause = TimeSpan.FromSeconds(2);

    // So often a task must be seen gone before it is given up: files show late on a shared file system.
    private const int LooksBeforeLost = 2;

    // After so many, in which a task of exit code 0 told no end, it was killed.
    private const int LooksBeforeSilent = 10;

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
    private readonly List<int> stored = [];
    private readonly QueueNews news;

    // Before each look, and each question to Slurm; null for what suits a cluster.
    private readonly TimeSpan? fixedPause;
    private long lastQueue;

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
    /// <param name="mayBeStored">Whether runs may have been stored since they were looked up.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Begin(bool mayBeStored, CancellationToken cancellation)
    {
        using var alone = JobsLock.Take(cache.Folder, cancellation);
        if (!isForced)
            watched.AddRange(KnownJobs.Find(cache.Folder, tasks, own, slurm, cancellation));
        var known = watched.SelectMany(task => task.Runs).ToHashSet();
        if (known.Count(open.Contains) is > 0 and var count)
        {
            if (!watched.All(task => own.Contains(task.Folder.Name)))
                tell($"slurm: waiting for {Runs(count)} submitted before: {Names(watched)}");
        }
        int[] rest = [.. open.Except(known).Order()];
        if (mayBeStored && !isForced)
        {
            stored.AddRange(rest.Where(run => cache.Holds(tasks[run].Key)));
            rest = [.. rest.Except(stored)];
        }
        if (rest.Length > 0)
            Submit(submission.Pack(rest, cancellation), cancellation);
    }

    /// <summary>Looks what has ended since the last look.</summary>
    public IReadOnlyList<EndedRun> Look(CancellationToken cancellation)
    {
        var ended = new List<EndedRun>();
        ended.AddRange(stored.Where(open.Remove).Select(run => new EndedRun(run, null, null)));
        ReadAttempts(ended);
        if (open.Count > 0 && (lastQueue == 0 || Stopwatch.GetElapsedTime(lastQueue) >= (fixedPause ?? QueuePause)))
        {
            if (slurm.Queue(UnfinishedJobs()) is { } queued)
            {
                ReadAttempts(ended);
                Note(queued);
                Conclude(ended, cancellation);
                news.Tell([
                    .. watched
                        .Where(task => task is { IsOver: false, Queued.HasEnded: false })
                        .Select(task => task.Queued!),
                ]);
            }
            lastQueue = Stopwatch.GetTimestamp();
        }
        return ended;
    }

    /// <summary>Fails where a limit of the cluster has kept runs from being submitted.</summary>
    /// <exception cref="PipelineException">It has.</exception>
    public void RequireAllSubmitted()
    {
        if (submission.Backlog is > 0 and var count)
            throw new PipelineException(
                $"Slurm has accepted all but {Runs(count)}, as a limit of the cluster is reached: give the command again later, or without --detach, which submits the rest as tasks end."
            );
    }

    /// <summary>Tells how to come back to jobs that are left.</summary>
    public void TellOfJobs()
    {
        var left = watched.Where(task => !task.IsOver).ToList();
        if (left.Count > 0)
            tell(
                $"slurm: left to Slurm: {Names(left)}; the same command waits for them, scancel --name={left[0].Folder.Name} ends them"
            );
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
        if (watched.All(task => task.IsOver))
        {
            throw new PipelineException(
                $"Slurm accepts no job as a limit of the cluster is reached ({limit}), though none of this command's is left: see what squeue --me lists, or ask for less with --slurm-cpus, --slurm-time or --slurm-extra."
            );
        }
        if (packs.Count > 0 || watched.Count > before)
            tell($"slurm: {limit}; {Runs(submission.Backlog)} will be submitted as tasks end");
    }

    private void ReadAttempts(List<EndedRun> ended)
    {
        foreach (
            var job in watched.Where(task => !task.IsOver).GroupBy(task => task.Folder.Path, StringComparer.Ordinal)
        )
        {
            var times = job.First().Folder.AttemptTimes();
            foreach (var task in job)
            {
                if (times.TryGetValue(task.Number, out var time))
                    task.Read(time);
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
                End(run, ended);
        }
        foreach (var failed in attempt.Failed)
        {
            if (failed.Run < task.Runs.Count)
                Fail(task.Runs[failed.Run], failed.Sentence, ended);
        }
        if (attempt.State == AttemptState.Refused)
        {
            foreach (var run in task.Runs)
                Fail(run, $"{attempt.Sentence} (task {task.Number} of {task.Folder.Name} on {attempt.Node})", ended);
        }
        task.IsOver = !task.Runs.Any(open.Contains) && attempt.State is AttemptState.Ended or AttemptState.Refused;
    }

    // What a task says that it has stored is believed once it is seen.
    private void End(int run, List<EndedRun> ended)
    {
        if (!cache.Holds(tasks[run].Key))
            return;
        open.Remove(run);
        ended.Add(isForced ? new(run, Result(tasks[run].Key), null) : new(run, null, null) { IsStoredForThis = true });
    }

    private RunResult Result(StageKey key) =>
        cache.TryGet(key.Digest, out var manifest, out _)
        && cache.TryRead(manifest.Outputs[DirectoryCache.OnlyOutput].Digest) is { } bytes
            ? ArtifactEncoding.DecodeRunResult(bytes)
            : throw new PipelineException(
                $"The result of {key.Digest} has vanished from {cache.Folder}: run the command again."
            );

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
            task.Note(rows[(task.Folder.Name, task.Number)].FirstOrDefault());
    }

    // Submits again what tasks left that have gone.
    private void Conclude(List<EndedRun> ended, CancellationToken cancellation)
    {
        var again = new List<PackOfRuns>();
        foreach (var task in watched.Where(IsLost))
        {
            // Its last word may have the time of the word before, where times are coarse or nodes' clocks differ.
            if (task.Read(DateTime.MaxValue))
                Take(task, task.Attempt!, ended);
            task.IsOver = true;
            // What another stored, or the task itself before it could say so.
            foreach (var run in isForced ? [] : task.Runs.Where(open.Contains).ToArray())
                End(run, ended);
            if (task.Runs.Where(open.Contains).ToArray() is { Length: > 0 } left)
                again.AddRange(Decide(task, left, ended));
        }
        if (again.Count > 0 || submission.IsDue)
        {
            using var alone = JobsLock.Take(cache.Folder, cancellation);
            Submit(again, cancellation);
        }
    }

    private IReadOnlyList<PackOfRuns> Decide(WatchedTask task, int[] left, List<EndedRun> ended)
    {
        var runs = LeftRuns.Of(task, left, tries, options.Retries);
        foreach (var run in runs.Failed)
            Fail(run, runs.Sentence, ended);
        if (runs.Again.Sum(pack => pack.Runs.Count) is > 0 and var count)
            tell($"slurm: {runs.Sentence}; {Runs(count)} {(count == 1 ? "is" : "are")} submitted again");
        return runs.Again;
    }

    private static bool IsLost(WatchedTask task) =>
        !task.IsOver
        && task.LooksSinceGone
            >= (
                task is { Attempt.State: AttemptState.Running, Queued.State: "COMPLETED" }
                    ? LooksBeforeSilent
                    : LooksBeforeLost
            );

    private static string Names(IEnumerable<WatchedTask> some)
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

    private static string Runs(int count) => count == 1 ? "a run" : FormattableString.Invariant($"{count} runs");
}
