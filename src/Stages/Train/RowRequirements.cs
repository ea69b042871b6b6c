using Pipeline.Artifacts;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>What a run's parameters need of its data's rows.</summary>
public static class RowRequirements
{
    private const string BatchSize = "batch_size";

    /// <summary>
    /// Why a run can't be trained with so many rows, as the key of the parameter to change and a sentence: they don't fill a batch, or a
    /// batch has one row, of which a normalization can't take statistics. Null where it can.
    /// </summary>
    /// <param name="run">The run's parameters.</param>
    /// <param name="shape">The shape of a prepared sample.</param>
    /// <param name="training">The number of training rows.</param>
    public static (string Key, string Sentence)? Misfit(Parameters run, IReadOnlyList<int> shape, int training)
    {
        var batchSize = run.Integer(BatchSize);
        if (batchSize > training)
            return (
                BatchSize,
                $"{BatchSize} is {batchSize}, but there are only {training} training rows: choose a smaller one."
            );
        if (batchSize > 1 || Trainer.Misfit(run, shape) is not null)
            return null;
        return Flat(RunNetwork.Of(run, shape, classes: 2).Layers()).Any(IsOneValue)
            ? (
                BatchSize,
                $"{BatchSize} is 1, but {run.Text("normalization")} normalizes by the statistics of a batch, "
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
