using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Train;

namespace Pipeline.Commands;

/// <summary>
/// Refuses runs that their data have too few rows for, before any data are prepared or runs trained. In <see cref="Mode.Plan"/> it
/// knows of data sets that were read before.
/// </summary>
internal static class RowCheck
{
    /// <summary>Makes sure that there are rows for every run of a study.</summary>
    /// <exception cref="Stages.Expand.StudyException">A run can't be done; the message names the place in the study.</exception>
    public static void Require(StudyFlow flow)
    {
        if (flow.IsFinished)
            return;
        var (known, alike) = (new Dictionary<int, Rows?>(), Flow.Preprocess.Alike(flow.Plan));
        // A seed decides which rows train, not how many.
        foreach (var run in flow.Plan.WithSeeds([flow.Plan.Seeds[0]]).Runs())
        {
            var trial = alike(run.Trial);
            if (!known.TryGetValue(trial, out var rows))
                known[trial] = rows = Prepare(flow, run);
            if (rows is not null && RowRequirements.Misfit(run.Spec, rows.Shape, rows.Counts) is { } misfit)
                throw flow.Refusal(run.Spec, misfit);
        }
    }

    // Null where the data set is still to be read.
    private static Rows? Prepare(StudyFlow flow, PlannedRun run)
    {
        var prepare = Flow.Preprocess.Of(run.Spec, flow.Context);
        var evaluator = flow.Evaluator;
        if (evaluator.Digest(DataSet.Of(run.Spec.Text("dataset"), flow.Context)) is not { } decoded)
            return null;
        var prepared = evaluator.LookUp(prepare).Digest;
        using var data = PreparedData.Open(evaluator.PathOf(prepared ?? decoded));
        if (prepared is not null)
            return new(data.Header.Shape, (data.Header.Training, data.Header.Validation, data.Header.Test));
        if (Preprocessor.Misfit(data, prepare.Spec, out var rows) is { } misfit)
            throw flow.Refusal(run.Spec, misfit);
        return new(Preprocessor.Shape(prepare.Spec, data.Header.Shape), rows);
    }

    /// <summary>Prepared rows: the shape of a sample, and how many each split has.</summary>
    private sealed record Rows(IReadOnlyList<int> Shape, (int Training, int Validation, int Test) Counts);
}
