namespace Pipeline.Execution;

/// <content>Tells in a dry run what would be done.</content>
internal sealed partial class StudyGraph
{
    /// <summary>Whether all is done and the report stands in its folder, as far as <see cref="Tell"/> saw.</summary>
    public bool IsReported { get; private set; }

    /// <summary>Writes what would run and why, stage by stage.</summary>
    public PlanCounts Tell()
    {
        var todo = Runs.Where(run => run.Result is null).ToList();
        output.WriteLine(plan.AtLeast is { } least
            ? $"{plan.Study}: {plan.Trials.Count} trials × {least} to {plan.Seeds.Count} seeds, until claims are decided = {RunCount} runs{(todo.Count > 0 ? " at least" : "")}"
            : $"{plan.Study}: {plan.Trials.Count} trials × {plan.Seeds.Count} seeds = {RunCount} runs");
        if (ReportFiles() is { } files && Execution.ResultsFolder.Differing(ResultsFolder, files) is { Count: > 0 } differing)
            stages.Postpone("report", $"{string.Join(", ", differing)} in {Studies.Shown(options.Root, ResultsFolder)} differ{(differing.Count == 1 ? "s" : "")} from what was reported");
        foreach (var group in stages.Postponed.Where(p => p.Slot is not ("aggregate" or "report")).GroupBy(p => p.Slot.Split(' ')[0], StringComparer.Ordinal))
            Write(Reasons.Summarize(group.Key, "to do", group.Select(p => p.Reason)));
        Write(Reasons.Summarize("train", $"of {RunCount} runs to do", todo.Select(run => run.Reason!)));
        foreach (var (stage, reason) in stages.Postponed.Where(p => p.Slot is "aggregate" or "report"))
            output.WriteLine($"  {stage}: {reason}");
        IsReported = todo.Count == 0 && stages.Postponed.Count == 0;
        return new(todo.Count, RunCount, stages.Postponed.Count);
    }

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            output.WriteLine($"  {line}");
    }
}
