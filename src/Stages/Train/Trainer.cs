using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>
/// Trains one run. On the managed backend a pure function of the spec and the data: it reads no
/// clock, file or thread count.
/// </summary>
public static class Trainer
{
    /// <summary>The parameters of a run that the stage reads. Data set, split and preprocessing come in as data.</summary>
    public static Parameters Reads(Parameters run) => run.Where(key => ParameterUse.IsReadByTrain(key, run));

    /// <summary>Why the network of a run can't be built for data of a certain shape, or null when it can.</summary>
    /// <param name="run">The run's parameters.</param>
    /// <param name="shape">The shape of a sample: features, or channels × height × width.</param>
    /// <returns>The key of the parameter to change, and a sentence that names layer and shapes.</returns>
    public static (string Key, string Sentence)? Misfit(Parameters run, IReadOnlyList<int> shape)
    {
        if (Failure(run) is not { } sentence)
            return Unsupported(run);
        // To blame is what, changed, would help.
        var isNormalization = Failure(run.With([run.IndexOf("normalization")], [Scalar.Of("none")])) is null;
        var isKernel =
            run.IndexOf("model.kernel") is >= 0 and var kernel && Failure(run.With([kernel], [Scalar.Of(1L)])) is null;
        var isFrozen =
            run.IndexOf(ParameterUse.FrozenLayers) is >= 0 and var frozen
            && Failure(run.With([frozen], [Scalar.Of(0L)])) is null;
        var isDepth = Failure(run.With([run.IndexOf("model.depth")], [Scalar.Of(1L)])) is null;
        return (
            isFrozen ? ParameterUse.FrozenLayers
            : isNormalization ? "normalization"
            : isKernel ? "model.kernel"
            : isDepth ? "model.depth"
            : "model.kind",
            sentence
        );

        string? Failure(Parameters changed)
        {
            try
            {
                RunNetwork.Of(changed, shape, classes: 2).Layers();
                return null;
            }
            catch (NetworkDescriptionException e)
            {
                return e.Message;
            }
        }
    }

    // What another backend than ours lacks.
    private static (string Key, string Sentence)? Unsupported(Parameters run) =>
        ParameterUse.BackendOf(run) == ParameterUse.ManagedBackend ? null
        : RunNetwork.HasOwn(run, ParameterUse.InferenceStatistics)
            ? (ParameterUse.InferenceStatistics, "the torch backend infers by running statistics alone")
        : RunNetwork.HasOwn(run, ParameterUse.FrozenLayers)
            ? (ParameterUse.FrozenLayers, "the torch backend trains all layers")
        : null;

    /// <summary>Trains a run from initial weights to its test accuracy.</summary>
    /// <param name="spec">The parameters that <see cref="Reads"/> gives.</param>
    /// <param name="data">Prepared data; shared with other runs.</param>
    /// <param name="backend">Who computes its steps.</param>
    /// <param name="cancellation">Checked at each step.</param>
    /// <param name="watch">Who looks on while it trains; null for nobody.</param>
    /// <param name="checkpoint">
    /// Where it goes on: what <see cref="IRunInTraining.Checkpoint"/> gave for the same parameters, data, backend and code. Null begins
    /// anew.
    /// </param>
    /// <exception cref="InvalidDataException">
    /// There are fewer training rows than a batch, or the checkpoint is none of this run.
    /// </exception>
    /// <exception cref="NetworkDescriptionException">The network can't be built for these data.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RunResult Run(
        Parameters spec,
        PreparedData data,
        Backend backend,
        CancellationToken cancellation,
        IRunWatch? watch = null,
        byte[]? checkpoint = null
    )
    {
        using var run = Begin(spec, data, backend, cancellation);
        if (checkpoint is not null)
            run.Resume(checkpoint);
        try
        {
            return Train(run, watch);
        }
        catch (OperationCanceledException)
        {
            watch?.Interrupted(run);
            throw;
        }
    }

    /// <summary>As <see cref="Run"/>, with the network that was trained. A diverged run has none.</summary>
    /// <inheritdoc cref="Run"/>
    public static (RunResult Result, TrainedNetwork? Network) RunWithNetwork(
        Parameters spec,
        PreparedData data,
        Backend backend,
        CancellationToken cancellation
    )
    {
        using var run = Begin(spec, data, backend, cancellation);
        var result = Train(run, watch: null);
        return (result, result.Outcome == RunOutcome.Completed ? run.Trained() : null);
    }

    private static TrainingRun Begin(
        Parameters spec,
        PreparedData data,
        Backend backend,
        CancellationToken cancellation
    ) => new(RunSettings.Of(spec, data.Header), data, backend, cancellation);

    private static RunResult Train(TrainingRun run, IRunWatch? watch)
    {
        while (!run.IsOver)
        {
            if (run.TrainEpoch(watch) is { } reason && !run.GoBack(reason))
                return Diverged(run, reason);
        }
        return Completed(run);
    }

    private static RunResult Completed(TrainingRun run)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        run.EndTraining(metrics);
        metrics["test_loss"] = run.TestLoss();
        if (!double.IsFinite(metrics["test_loss"]))
            return Diverged(run, "the test loss is not finite");
        var (correct, confusion) = run.Measure(metrics);
        run.MeasureLossScale(metrics);
        return new()
        {
            Outcome = RunOutcome.Completed,
            Steps = run.Steps,
            Metrics = metrics,
            Curves = Curves(run),
            Correct = correct,
            Confusion = confusion,
            Weights = run.WeightsDigest(),
            Probes = run.Probes(),
            Restarts = run.Restarts,
        };
    }

    private static RunResult Diverged(TrainingRun run, string reason)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        run.MeasureLossScale(metrics);
        return new()
        {
            Outcome = RunOutcome.Diverged,
            Reason = reason,
            Steps = run.Steps,
            Metrics = metrics,
            Curves = Curves(run),
            Probes = run.Probes(),
            Restarts = run.Restarts,
        };
    }

    private static SortedDictionary<string, double[]> Curves(TrainingRun run) =>
        new(
            run.Curves.ToDictionary(c => c.Key, c => c.Value.ToArray(), StringComparer.Ordinal),
            StringComparer.Ordinal
        );
}
