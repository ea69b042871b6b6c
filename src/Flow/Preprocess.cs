using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;

namespace Pipeline.Flow;

/// <summary>Third stage: a data set → training, validation and test rows, transformed.</summary>
internal static class Preprocess
{
    /// <summary>Gives a trial whose runs have the data of those of a trial with the same seeds.</summary>
    public static Func<int, int> Alike(Plan plan) =>
        plan.Alike(axis => axis.Key == "dataset" || Preprocessor.Reads(axis.Key));

    /// <summary>The stage that prepares the data of a run.</summary>
    /// <param name="spec">Every parameter of the run.</param>
    /// <param name="context">Where data sets are, and the code that prepares them.</param>
    public static Stage Of(Parameters spec, StageContext context)
    {
        var (name, reads) = (spec.Text("dataset"), spec.Where(Preprocessor.Reads));
        return new()
        {
            Name = "prepare",
            Slot = $"prepare {name} {string.Join(' ', reads.Keys.Select(key => $"{key}={reads[key]}"))}",
            Goal = Goal.Preprocess,
            Spec = reads,
            Inputs = [StageInput.Of("data", DataSet.Of(name, context))],
            Code = _ =>
                context.Code.Preprocess(
                    Preprocessor.Chain(reads).Select(StudyOperations.Transform).Distinct(StringComparer.Ordinal)
                ),
            StillToDo = "its data are still to be prepared",
            Write = (inputs, target) =>
            {
                using var decoded = inputs.Open("data");
                Preprocessor.Prepare(decoded, reads, target);
            },
        };
    }
}
