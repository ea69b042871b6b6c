namespace Pipeline.Commands;

/// <summary>What a plan found to do; the numbers of its closing line.</summary>
/// <param name="RunsToDo">Runs whose results are not cached.</param>
/// <param name="Runs">All runs.</param>
/// <param name="StagesToDo">Other stages to do: data sets to read and to prepare, tables and reports to make or restore.</param>
internal sealed record PlanCounts(int RunsToDo, int Runs, int StagesToDo)
{
    /// <summary>Adds the counts of another study.</summary>
    public static PlanCounts operator +(PlanCounts x, PlanCounts y) =>
        new(x.RunsToDo + y.RunsToDo, x.Runs + y.Runs, x.StagesToDo + y.StagesToDo);

    /// <summary>The line that scripts rely on.</summary>
    public override string ToString() => $"plan: {RunsToDo} of {Runs} runs to do, {StagesToDo} stages to do";
}
