using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate;

namespace Pipeline.Flow;

/// <summary>The one way back in the flow: as long as results leave claims undecided, the cells that these compare are run with more seeds.</summary>
internal static class SeedRounds
{
    /// <summary>Evaluates the runs of a plan, then those of the plan with more seeds that follows from them, until no more seeds are needed or a run is to do.</summary>
    /// <param name="plan">The study's own plan.</param>
    /// <param name="evaluate">Looks up the runs of a plan, and trains them if it may; it is handed the runs of the round before, null at first.</param>
    /// <returns>The runs of the last round.</returns>
    public static StudyRuns Evaluate(Plan plan, Func<Plan, StudyRuns?, StudyRuns> evaluate)
    {
        var runs = evaluate(plan, null);
        while (
            plan.AtLeast is not null && runs.AreDone && Aggregator.WithMoreSeeds(runs.Plan, runs.Results) is { } next
        )
            runs = evaluate(next, runs);
        return runs;
    }
}
