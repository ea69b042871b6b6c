using System.Diagnostics;

namespace Pipeline.Executors.Slurm;

/// <summary>Tells how tasks are: a line when that has changed, not too often.</summary>
internal sealed class QueueNews(Action<string> tell)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private long last = Stopwatch.GetTimestamp();
    private string line = "";
    private string stuck = "";

    /// <summary>Tells of tasks that have not ended.</summary>
    public void Tell(IReadOnlyCollection<QueuedTask> tasks)
    {
        var pending = tasks.Count(task => task.IsPending);
        var reasons = string.Join(
            ", ",
            tasks
                .Where(task => task.IsStuck)
                .Select(task => task.Reason)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
        if (reasons.Length > 0 && reasons != stuck)
            tell($"slurm: tasks are pending that won't begin by themselves: {reasons}");
        stuck = reasons;
        var now = FormattableString.Invariant($"{tasks.Count - pending} running, {pending} pending");
        if (now == line || Stopwatch.GetElapsedTime(last) < Pause)
            return;
        (line, last) = (now, Stopwatch.GetTimestamp());
        tell($"slurm: tasks: {now}");
    }
}
