using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>Tells how the jobs are whose files are in a cache.</summary>
public static class SlurmStatus
{
    /// <summary>Looks at the jobs that have some runs.</summary>
    /// <param name="cache">The cache's folder.</param>
    /// <param name="missing">The digests of the keys of the runs that are not done.</param>
    /// <param name="tell">Takes a sentence for each thing that the user should know.</param>
    /// <exception cref="PipelineException">There are jobs, but Slurm doesn't tell of them.</exception>
    public static RunsElsewhere Of(string cache, IReadOnlySet<string> missing, Action<string> tell) =>
        Of(cache, missing, new SlurmClient(new SlurmOptions(), tell));

    internal static RunsElsewhere Of(string cache, IReadOnlySet<string> missing, SlurmClient slurm)
    {
        var jobs = JobFolder
            .All(cache)
            .Select(folder => (Folder: folder, Keys: folder.ReadKeys()))
            // One without runs prepares data.
            .Where(job => job.Keys.Count == 0 || job.Keys.Any(keys => keys.Any(missing.Contains)))
            .ToArray();
        if (jobs.Length == 0)
            return new([], 0, 0, 0);
        var queued =
            slurm.Queue([.. jobs.Select(job => job.Folder.Name)])
            ?? throw new PipelineException("Slurm's controller doesn't answer: ask again once squeue works.");
        var rows = queued.ToLookup(task => (task.Job, task.Number));
        var lines = new List<string>();
        var (running, pending, failed, left, rate) = (0, 0, new HashSet<string>(StringComparer.Ordinal), 0, 0.0);
        foreach (var (folder, keysOfTasks) in jobs)
        {
            foreach (var (number, keys) in keysOfTasks.Index())
            {
                var open = keys.Count(missing.Contains);
                if (open == 0)
                    continue;
                var attempt = folder.ReadAttempt(number);
                failed.UnionWith(
                    (attempt?.Failed ?? [])
                        .Where(run => run.Run < keys.Count && missing.Contains(keys[run.Run]))
                        .Select(run => keys[run.Run])
                );
                if (rows[(folder.Name, number)].FirstOrDefault() is not { HasEnded: false } task)
                    continue;
                (running, pending, left) = task.IsPending
                    ? (running, pending + 1, left + open)
                    : (running + 1, pending, left + open);
                if (!task.IsPending && attempt is { State: AttemptState.Running, Trained: > 0, Seconds: > 0 })
                    rate += attempt.Trained / attempt.Seconds;
            }
        }
        lines.AddRange(
            jobs.Where(job => job.Keys.Count == 0)
                .SelectMany(job => rows[(job.Folder.Name, 0)])
                .Where(task => !task.HasEnded)
                .Select(task =>
                    $"slurm: job {task.Id}, which prepares data, is {(task.IsPending ? "pending" : "running")}"
                )
        );
        if (running + pending > 0)
            lines.Add(Line(left, running, pending, rate));
        lines.AddRange(
            queued
                .Where(task => task.IsStuck)
                .GroupBy(task => task.Reason, StringComparer.Ordinal)
                .Select(reason =>
                    FormattableString.Invariant($"{reason.Count()} of them may not begin by themselves: {reason.Key}")
                )
        );
        return new(lines, running, pending, failed.Count);
    }

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
