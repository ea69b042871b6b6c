using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>Tells how the jobs are whose files are in a cache, as they were when it was asked first.</summary>
public sealed class SlurmStatus
{
    private readonly Lazy<(JobFolder Folder, IReadOnlyList<IReadOnlyList<string>> Keys)[]> all;
    private readonly Lazy<IReadOnlyList<QueuedTask>> queue;

    /// <summary>Looks at nothing yet.</summary>
    /// <param name="cache">The cache's folder.</param>
    /// <param name="tell">Takes a sentence for each thing that the user should know.</param>
    public SlurmStatus(string cache, Action<string> tell)
        : this(cache, new SlurmClient(new SlurmOptions(), tell)) { }

    internal SlurmStatus(string cache, SlurmClient slurm)
    {
        all = new(() => [.. JobFolder.All(cache).Select(folder => (folder, folder.ReadKeys()))]);
        queue = new(() =>
            slurm.Queue([.. all.Value.Select(job => job.Folder.Name)])
            ?? throw new PipelineException("Slurm's controller doesn't answer: ask again once squeue works.")
        );
    }

    /// <summary>Looks at the jobs that have some runs.</summary>
    /// <param name="missing">The digests of the keys of the runs that are not done.</param>
    /// <param name="areDataMissing">Whether there are runs of which the data are still to be prepared.</param>
    /// <exception cref="PipelineException">There are such jobs, but Slurm doesn't tell of them.</exception>
    public RunsElsewhere Of(IReadOnlySet<string> missing, bool areDataMissing)
    {
        // One without runs prepares data, and may be to submit runs then.
        var isDone = missing.Count == 0 && !areDataMissing;
        var jobs = Array.FindAll(
            all.Value,
            job => job.Keys.Count == 0 ? !isDone : job.Keys.Any(keys => keys.Any(missing.Contains))
        );
        if (jobs.Length == 0)
            return new([], 0, 0, 0);
        var names = jobs.Select(job => job.Folder.Name).ToHashSet(StringComparer.Ordinal);
        QueuedTask[] queued = [.. queue.Value.Where(task => names.Contains(task.Job))];
        var rows = queued.ToLookup(task => (task.Job, task.Number));
        var (running, pending, rate) = (0, 0, 0.0);
        var (live, failed, left) = (Keys(), Keys(), Keys());
        var log = "";
        foreach (var (folder, keysOfTasks) in jobs)
        {
            var files = folder.AttemptFiles();
            foreach (var (number, keys) in keysOfTasks.Index().Where(task => task.Item.Any(missing.Contains)))
            {
                var attempt = files.TryGetValue(number, out var file) ? folder.ReadAttempt(file) : null;
                failed.UnionWith(
                    (attempt?.Failed ?? []).Where(run => run.Run < keys.Count).Select(run => keys[run.Run])
                );
                if (KnownJobs.Newest(rows[(folder.Name, number)]) is not { HasEnded: false } task)
                {
                    left.UnionWith(keys);
                    log = folder.LogOf(number);
                    continue;
                }
                live.UnionWith(keys);
                (running, pending) = task.IsPending ? (running, pending + 1) : (running + 1, pending);
                if (!task.IsPending && attempt is { State: AttemptState.Running, Trained: > 0, Seconds: > 0 })
                    rate += attempt.Trained / attempt.Seconds;
            }
        }
        failed.IntersectWith(missing);
        failed.ExceptWith(live);
        left.IntersectWith(missing);
        left.ExceptWith(live);
        left.ExceptWith(failed);
        var lines = new List<string>();
        var preparations = jobs.Where(job => job.Keys.Count == 0).Select(job => job.Folder);
        var open = missing.Count(run => !live.Contains(run) && !left.Contains(run) && !failed.Contains(run));
        if ((areDataMissing || open > 0) && preparations.MinBy(folder => folder.Age) is { } preparation)
            lines.Add(Preparation(preparation, KnownJobs.Newest(rows[(preparation.Name, 0)]), open));
        if (running + pending > 0)
            lines.Add(Line(live.Count(missing.Contains), running, pending, rate));
        if (left.Count > 0)
            lines.Add(
                $"slurm: {Told.Runs(left.Count)} left by tasks that have ended, to be submitted by the same command (log of one: {log})"
            );
        lines.AddRange(
            queued
                .Where(task => task.IsStuck)
                .GroupBy(task => task.Reason, StringComparer.Ordinal)
                .Select(reason =>
                    FormattableString.Invariant($"{reason.Count()} of them won't begin by themselves: {reason.Key}")
                )
        );
        return new(lines, running, pending, failed.Count);
    }

    private static HashSet<string> Keys() => new(StringComparer.Ordinal);

    private static string Preparation(JobFolder folder, QueuedTask? task, int open) =>
        task is { HasEnded: false } live
            ? $"slurm: job {live.Id}, which prepares data, is {(live.IsPending ? "pending" : "running")}"
            : "slurm: the job that was to prepare data has ended"
                + (open > 0 ? $", and {Told.Runs(open)} {(open == 1 ? "is" : "are")} in no task" : "")
                + $" (log: {folder.LogOf(0)})";

    private static string Line(int runs, int running, int pending, double rate)
    {
        var left = rate > 0 ? TimeSpan.FromSeconds(Math.Min(runs / rate, 1e8)) : (TimeSpan?)null;
        return string.Create(
                CultureInfo.InvariantCulture,
                $"slurm: {runs} runs in {running} running and {pending} pending tasks"
            )
            + (
                left is { } time
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"; {rate:0.0} runs/s, {(int)time.TotalHours}:{time:mm\\:ss} left at that rate"
                    )
                    : ""
            );
    }
}
