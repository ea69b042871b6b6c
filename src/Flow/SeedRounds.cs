using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate;

namespace Pipeline.Flow;

/// <summary>The one way back in the flow: while results leave claims undecided, the cells that they compare get more seeds.</summary>
internal static class SeedRounds
{
    /// <summary>Evaluates a plan's runs, then those of the next plan with more seeds, until no more are needed or a run is to do.</summary>
    /// <param name="plan">The study's own plan.</param>
    /// <param name="evaluate">Looks up a plan's runs, and trains them if it may; given the runs of the round before, null at first.</param>
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
