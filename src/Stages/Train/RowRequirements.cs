using Pipeline.Artifacts;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>What a run's parameters need of its data's rows.</summary>
public static class RowRequirements
{
    private const string BatchSize = "batch_size";

    /// <summary>
    /// Why a run can't be trained with so many rows, as the key of the parameter to change and a sentence: they don't fill a batch, or a
    /// batch, or a split of which batches give the statistics, has one row, of which a normalization can't take any. Null where it can.
    /// </summary>
    /// <param name="run">The run's parameters.</param>
    /// <param name="shape">The shape of a prepared sample.</param>
    /// <param name="rows">The number of rows of each split.</param>
    public static (string Key, string Sentence)? Misfit(
        Parameters run,
        IReadOnlyList<int> shape,
        (int Training, int Validation, int Test) rows
    )
    {
        var batchSize = run.Integer(BatchSize);
        if (batchSize > rows.Training)
            return (
                BatchSize,
                $"{BatchSize} is {batchSize}, but there are only {rows.Training} training rows: choose a smaller one."
            );
        var infersByBatch =
            run.TryGet(ParameterUse.InferenceStatistics, out var statistics)
            && statistics != Scalar.Of(ParameterUse.RunningStatistics);
        var (key, sentence) =
            batchSize == 1 ? (BatchSize, $"{BatchSize} is 1")
            : infersByBatch && rows.Validation == 1 ? ("split.validation", "the validation split has one row")
            : infersByBatch && rows.Test == 1 ? ("split.test", "the test split has one row")
            : ("", "");
        if (key.Length == 0 || Trainer.Misfit(run, shape) is not null)
            return null;
        return Flat(RunNetwork.Of(run, shape, classes: 2).Layers()).Any(IsOneValue)
            ? (
                key,
                $"{sentence}, but {run.Text("normalization")} normalizes by the statistics of a batch, "
                    + "which one value per channel doesn't have: choose a larger one."
            )
            : null;
    }

    private static bool IsOneValue(NormalizationDescription layer) =>
        layer.Operation.Name == "batch" && layer.Input.Pixels == 1;

    private static IEnumerable<NormalizationDescription> Flat(IEnumerable<LayerDescription> layers) =>
        layers.SelectMany(layer =>
            layer switch
            {
                NormalizationDescription normalization => [normalization],
                ResidualDescription residual => Flat(residual.Body.Concat(residual.Shortcut)),
                _ => Enumerable.Empty<NormalizationDescription>(),
            }
        );
}
