using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;

namespace Pipeline.Flow;

/// <summary>Third stage: a data set → training, validation and test rows, transformed.</summary>
internal static class Preprocess
{
    /// <summary>The slot of the data of a run: runs of one slot share them.</summary>
    public static string Slot(Parameters spec, Parameters reads) =>
        $"prepare {spec.Text("dataset")} {string.Join(' ', reads.Keys.Select(key => $"{key}={reads[key]}"))}";

    /// <summary>The stage that prepares the data of a run.</summary>
    /// <param name="spec">Every parameter of the run.</param>
    /// <param name="reads">Those that Preprocess reads.</param>
    /// <param name="context">Where data sets are, and the code that prepares them.</param>
    public static Stage Of(Parameters spec, Parameters reads, StageContext context)
    {
        var data = DataSet.Of(spec.Text("dataset"), context);
        return new()
        {
            Name = "prepare",
            Slot = Slot(spec, reads),
            Goal = Goal.Preprocess,
            Spec = reads,
            Inputs = [StageInput.Of("data", data)],
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
