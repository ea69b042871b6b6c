using Pipeline.Executors;
using Pipeline.Flow;
using Pipeline.Progress;

namespace Pipeline.Commands;

/// <summary>
/// Tells how many runs of the studies are done, and how those are that wait or are trained on a cluster. It changes nothing.
/// </summary>
/// <param name="session">What the command asks for.</param>
/// <param name="elsewhere">Looks for the runs with some keys on a cluster, given whether there are some without data yet.</param>
public sealed class StatusCommand(Session session, Func<IReadOnlySet<string>, bool, RunsElsewhere> elsewhere)
{
    /// <summary>Prints it.</summary>
    public void Run()
    {
        var (done, runs, all, areDataMissing) = (0, 0, new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var flow in FlowCommand.FlowsOf(session, Mode.Plan))
        {
            var missing = flow.MissingRuns();
            var keys = missing.Select(run => run.Key?.Digest).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var tasks = elsewhere(keys, keys.Count < missing.Count);
            var count = flow.RunCount;
            session.Output.WriteLine(
                $"{flow.Plan.Study}: {count - missing.Count} of {Counted.Of(count, "run")} done"
                    + (keys.Count < missing.Count ? ", data are still to be prepared" : "")
                    + (tasks.Failed > 0 ? $", {tasks.Failed} failed when they were tried last" : "")
            );
            foreach (var line in tasks.Lines)
                session.Output.WriteLine($"  {line}");
            (done, runs) = (done + count - missing.Count, runs + count);
            all.UnionWith(keys);
            areDataMissing |= keys.Count < missing.Count;
        }
        // Studies may share runs.
        var total = elsewhere(all, areDataMissing);
        session.Output.WriteLine(
            $"status: {done} of {runs} runs done, {total.Failed} failed, {total.Running} tasks running, {total.Pending} pending"
        );
    }
}
