using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>A run's parameters, typed. Ranges were checked when the study was expanded.</summary>
/// <param name="Network">The network, its sizes taken from the data and the spec.</param>
/// <param name="Optimizer">How gradients become updates.</param>
/// <param name="Loss">The operation of the loss catalogue.</param>
/// <param name="Schedules">The operations of the schedule catalogue, whose factors multiply.</param>
/// <param name="Metrics">The operations of the metric catalogue.</param>
/// <param name="Probes">The operations of the probe catalogue.</param>
/// <param name="ProbeEpochs">Whether they look at the network after so many epochs.</param>
/// <param name="LearningRate">The step size, above 0.</param>
/// <param name="BatchSize">Rows a training step; the incomplete last batch of an epoch is dropped.</param>
/// <param name="Epochs">Passes over the training rows.</param>
/// <param name="Seed">Keys initial weights, batch order and dropout.</param>
/// <param name="Precision">In what products of matrices are computed.</param>
/// <param name="MeasuresEpochEnds">Whether the training split is evaluated at the end of each epoch.</param>
internal sealed record RunSettings(
    NetworkDescription Network,
    OptimizerSettings Optimizer,
    Operation Loss,
    IReadOnlyList<Operation> Schedules,
    IReadOnlyList<OperationCall> Metrics,
    IReadOnlyList<OperationCall> Probes,
    Predicate<int> ProbeEpochs,
    double LearningRate,
    int BatchSize,
    int Epochs,
    int Seed,
    Precision Precision,
    bool MeasuresEpochEnds
)
{
    /// <summary>The operations of the event catalogue.</summary>
    public IReadOnlyList<Operation> Events { get; init; } = [];

    /// <summary>What the run does when it diverges; null where that is its end.</summary>
    public RestartSettings? Restarts { get; init; }

    /// <summary>When the run ends before its last epoch; null for never.</summary>
    public StopSettings? Stop { get; init; }

    /// <summary>Whether the size of what the output layer gets is measured.</summary>
    public bool MeasuresActivations { get; init; }

    /// <summary>In what weights, activations and gradients are kept.</summary>
    public Storage Storage { get; init; }

    /// <summary>The operation of the loss scale catalogue; null where storage is float32.</summary>
    public Operation? LossScale { get; init; }

    /// <summary>Reads the parameters of a run.</summary>
    /// <exception cref="KeyNotFoundException">A parameter is missing.</exception>
    /// <exception cref="InvalidDataException">The data have fewer training rows than a batch.</exception>
    /// <exception cref="NetworkDescriptionException">The network needs images, but the data are none.</exception>
    public static RunSettings Of(Parameters spec, PreparedDataHeader data)
    {
        var batchSize = spec.Integer("batch_size");
        if (RowRequirements.Misfit(spec, data.Shape, (data.Training, data.Validation, data.Test)) is { } misfit)
            throw new InvalidDataException(misfit.Sentence);
        return new(
            RunNetwork.Of(spec, data.Shape, data.Classes),
            new(Single(spec, "optimizer"))
            {
                WeightDecay = spec.Number("optimizer.weight_decay"),
                ClipNorm = spec.Number("optimizer.clip_norm") is > 0 and var norm ? norm : double.PositiveInfinity,
            },
            Single(spec, "loss"),
            [.. Operations(spec, "schedule")],
            [.. RunOperations.Metrics(spec)],
            [.. RunOperations.Probes(spec)],
            Moments(spec),
            spec.Number("learning_rate"),
            batchSize,
            spec.Integer("epochs"),
            spec.Integer(Plan.SeedKey),
            spec.TryGet(ParameterUse.Precision, out var precision) && precision == Scalar.Of("bf16")
                ? Precision.Bfloat16
                : Precision.Float32,
            spec.TryGet(ParameterUse.EpochEnd, out var epochEnd) && epochEnd == Scalar.Of(true)
        )
        {
            Events = [.. Operations(spec, "event")],
            Restarts =
                spec.TryGet(ParameterUse.Restart, out var restart) && restart == Scalar.Of(ParameterUse.FromLastHealthy)
                    ? new(spec.Number(ParameterUse.RestartRate), spec.Integer(ParameterUse.MostRestarts))
                    : null,
            Stop =
                spec.TryGet(ParameterUse.StopCurve, out var curve) && curve != Scalar.Of(CallChain.None)
                    ? new(
                        curve.ToString(),
                        spec.Integer(ParameterUse.StopPatience),
                        spec.Text(ParameterUse.StopWeights) == ParameterUse.BestWeights
                    )
                    : null,
            MeasuresActivations =
                spec.TryGet(ParameterUse.ActivationNorm, out var activations) && activations == Scalar.Of(true),
            Storage = ParameterUse.StorageOf(spec) switch
            {
                "float16" => Storage.Float16,
                "bfloat16" => Storage.Bfloat16,
                _ => Storage.Float32,
            },
            LossScale = ParameterUse.StorageOf(spec) == ParameterUse.FullStorage ? null : Single(spec, "loss_scale"),
        };
    }

    private static Predicate<int> Moments(Parameters spec)
    {
        if (!ParameterUse.IsReadByTrain("probe_epochs", spec))
            return _ => false;
        var text = spec.Text("probe_epochs");
        if (text == "all")
            return _ => true;
        var epochs = text.Split(',')
            .Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))
            .ToHashSet();
        return epochs.Contains;
    }

    private static Operation Single(Parameters spec, string kind) => Operations(spec, kind).First();

    private static IEnumerable<Operation> Operations(Parameters spec, string kind) =>
        RunOperations.Of(spec).Where(o => o.Kind == kind).Select(o => new Operation(o.Call.Name, o.Call.Arguments));
}
