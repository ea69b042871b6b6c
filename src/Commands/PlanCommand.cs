using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Progress;

namespace Pipeline.Commands;

/// <summary>Tells what Report would do, and why; what it counts is what Report then does.</summary>
public sealed class PlanCommand(Session session)
{
    // What was told already of stages and runs that studies share: Report does each once.
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>Prints it.</summary>
    /// <exception cref="PipelineException">The command was interrupted.</exception>
    public void Run()
    {
        try
        {
            Tell();
        }
        catch (OperationCanceledException e)
        {
            throw new PipelineException("Interrupted: a plan changes nothing.", e);
        }
    }

    private void Tell()
    {
        var flows = FlowCommand.FlowsOf(session, Mode.Plan);
        var reports = new Dictionary<StudyFlow, ReportOutputs>();
        var total = new PlanCounts(0, 0, 0);
        foreach (var flow in flows)
        {
            var (counts, report) = Tell(flow, isAlone: flows.Count == 1);
            total += counts;
            if (report is not null && counts is { RunsToDo: 0, StagesToDo: 0 })
                reports[flow] = report;
        }
        session.Output.WriteLine(total + TellOfPages(flows, reports));
    }

    private (PlanCounts Counts, ReportOutputs? Report) Tell(StudyFlow flow, bool isAlone)
    {
        var (plan, evaluator) = (flow.Plan, flow.Evaluator);
        RowCheck.Require(flow);
        var missing = flow.MissingRuns();
        var areMissing = missing.Count > 0;
        if (!isAlone)
        {
            var names = missing.Select(run => NameOf(run, flow)).ToList();
            missing = [.. missing.Where((_, i) => !told.Contains(names[i]))];
            told.UnionWith(names);
        }
        var report = flow.MakeReport();
        var stages = evaluator
            .ToDo.Where(stage => isAlone || IsOfStudy(stage.Stage.Slot) || told.Add(NameOf(stage.Stage)))
            .Select(stage => (stage.Stage.Slot, stage.Reason))
            .ToList();
        if (report is not null && ResultsFolder.Differing(flow.ResultsFolder, report.Files) is { Count: > 0 } differing)
            stages.Add(("report", RerunReason.Differs(differing, session.Shown(flow.ResultsFolder))));
        session.Output.WriteLine(
            plan.AtLeast is { } least
                ? $"{plan.Study}: {Counted.Of(plan.Trials.Count, "trial")} × {least} to {Counted.Of(plan.Seeds.Count, "seed")}, "
                    + $"until claims are decided = {Counted.Of(flow.RunCount, "run")}{(areMissing ? " at least" : "")}"
                : $"{plan.Study}: {Counted.Of(plan.Trials.Count, "trial")} × {Counted.Of(plan.Seeds.Count, "seed")} = {Counted.Of(flow.RunCount, "run")}"
        );
        if (plan.ClaimsLeftOut > 0)
            session.Output.WriteLine(
                $"  claims: {plan.ClaimsLeftOut} of {Counted.Of(plan.Claims.Count + plan.ClaimsLeftOut, "claim")} left out, as --set makes them unfit"
            );
        foreach (
            var group in stages
                .Where(stage => !IsOfStudy(stage.Slot))
                .GroupBy(stage => stage.Slot.Split(' ')[0], StringComparer.Ordinal)
        )
            Write(ReasonSummary.Of(group.Key, count => $"{count} to do", group.Select(stage => stage.Reason)));
        Write(
            ReasonSummary.Of(
                "train",
                count => $"{count} of {Counted.Of(flow.RunCount, "run")} to do",
                missing.Select(run => run.Reason!)
            )
        );
        Write(stages.Where(stage => IsOfStudy(stage.Slot)).Select(stage => $"{stage.Slot}: {stage.Reason}"));
        return (new(missing.Count, flow.RunCount, stages.Count), report);
    }

    // By its key, or, before that is known, by what its data are made from and its own parameters.
    private static string NameOf(StudyRun run, StudyFlow flow) =>
        run.Key?.Digest
        ?? $"{ParameterUse.BackendOf(run.Run.Spec)}\n{Preprocess.Of(run.Run.Spec, flow.Context).Slot}\n{run.Stage.Parameters.ToJson()}";

    private static string NameOf(Stage stage) =>
        $"{stage.Slot}\n{stage.Parameters.ToJson()}\n{string.Join('\n', stage.Inputs.Select(input => input.Name))}";

    // A study has one of these, so each is told by itself.
    private static bool IsOfStudy(string slot) => slot is "aggregate" or "report";

    // What stands beside reports follows from them, so it is known once they are.
    private PlanCounts TellOfPages(IReadOnlyList<StudyFlow> flows, Dictionary<StudyFlow, ReportOutputs> reports)
    {
        var (index, count) = (new ResultsIndex(session), 0);
        foreach (
            var root in flows
                .GroupBy(flow => flow.ResultsRoot, StringComparer.Ordinal)
                .Where(root => root.All(reports.ContainsKey))
        )
        {
            if (ResultsFolder.Differing(root.Key, index.Index(root.Key, root)).Count == 0)
                continue;
            session.Output.WriteLine(
                $"{session.Shown(ResultsIndex.PathIn(root.Key))}: differs from what stands in its folder"
            );
            count++;
        }
        if (
            reports.Count == flows.Count
            && ResultsFolder.Differing(index.PageFolder, ResultsIndex.Page(flows.Select(flow => reports[flow]))).Count
                > 0
        )
        {
            session.Output.WriteLine(
                $"{session.Shown(index.PagePath)}: is missing, or differs from what the reports make of it"
            );
            count++;
        }
        return new(0, 0, count);
    }

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            session.Output.WriteLine($"  {line}");
    }
}
