using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate;

namespace Pipeline.Flow;

/// <summary>Fifth stage: what all runs found → tables with intervals, claims judged.</summary>
internal static class Aggregate
{
    /// <summary>The stage of a study's tables.</summary>
    /// <param name="runs">Its runs, those of the last round of seeds.</param>
    /// <param name="context">The code that makes tables.</param>
    public static Stage Of(StudyRuns runs, StageContext context) =>
        new()
        {
            Name = "aggregate",
            Slot = "aggregate",
            Goal = Goal.Aggregate,
            Inputs =
            [
                StageInput.Of("plan", Digest.Of(ArtifactEncoding.Encode(runs.Plan))),
                StageInput.Of("runs", runs.Digest, "runs are still to do"),
            ],
            Code = _ => context.Code.Aggregate,
            StillToDo = "its tables are still to be made",
            Write = (_, target) => target.Write(ArtifactEncoding.Encode(Aggregator.Aggregate(runs.Plan, runs.Results))),
        };
}
