using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>A run's parameters, typed. Ranges were checked when the study was expanded.</summary>
/// <param name="Network">The network, its sizes taken from the data and the spec.</param>
/// <param name="Optimizer">The operation of the optimizer catalogue.</param>
/// <param name="Loss">The operation of the loss catalogue.</param>
/// <param name="LearningRate">The step size, above 0.</param>
/// <param name="BatchSize">Rows a training step; the incomplete last batch of an epoch is dropped.</param>
/// <param name="Epochs">Passes over the training rows.</param>
/// <param name="Seed">Keys initial weights and batch order.</param>
internal sealed record RunSettings(
    MlpDescription Network, Operation Optimizer, Operation Loss, float LearningRate, int BatchSize, int Epochs, int Seed)
{
    /// <summary>Reads the parameters of a run.</summary>
    /// <exception cref="KeyNotFoundException">A parameter is missing.</exception>
    /// <exception cref="InvalidDataException">The data have fewer training rows than a batch.</exception>
    public static RunSettings Of(Parameters spec, PreparedDataHeader data)
    {
        var operations = RunOperations.Of(spec).ToDictionary(o => o.Kind, o => new Operation(o.Call.Name, o.Call.Arguments), StringComparer.Ordinal);
        var batchSize = spec.Integer("batch_size");
        if (batchSize > data.Training)
            throw new InvalidDataException($"batch_size is {batchSize}, but there are only {data.Training} training rows: choose a smaller one.");
        return new(
            new MlpDescription(
                data.Features,
                spec.Integer("model.depth"),
                spec.Integer("model.width"),
                data.Classes,
                operations["activation"],
                operations["initializer"],
                operations["normalization"]),
            operations["optimizer"],
            operations["loss"],
            (float)spec.Number("learning_rate"),
            batchSize,
            spec.Integer("epochs"),
            spec.Integer(Plan.SeedKey));
    }
}
