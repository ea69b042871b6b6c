using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Networks.Schedules;

namespace Pipeline.Stages.Train;

/// <summary>The state of a run while it trains: network, curves so far, and where it stands.</summary>
internal sealed partial class TrainingRun : IRunInTraining, IDisposable
{
    // As many rows show what a layer's values span; more would take longer.
    private const int MostRowsOfRanges = 1024;

    private const string EpochEndAccuracy = "epoch_end_accuracy";
    private const string EpochEndLoss = "epoch_end_loss";

    private readonly RunSettings settings;
    private readonly PreparedData data;
    private readonly CancellationToken cancellation;
    private readonly ITrainableNetwork network;
    private readonly Schedule[] schedules;
    private readonly Evaluation evaluation;
    private readonly int[] order;
    private readonly int[] heldOut;
    private readonly AugmentedRows? augmented;
    private readonly RunProbes probes;
    private readonly RunEvents events;
    private readonly Restarts? restarts;
    private readonly EarlyStop? stop;
    private EpochSoFar now;
    private double rateOfEpoch;

    public TrainingRun(RunSettings settings, PreparedData data, Backend backend, CancellationToken cancellation)
    {
        this.settings = settings;
        this.data = data;
        this.cancellation = cancellation;
        evaluation = new(settings, data);
        var seed = (ulong)settings.Seed;
        network = backend.Begin(
            new(
                settings.Network,
                InitialWeights.Create(settings.Network, seed),
                settings.Optimizer,
                settings.Loss,
                evaluation.LargestBatch,
                seed
            )
            {
                Precision = settings.Precision,
                Storage = settings.Storage,
                LossScale = settings.LossScale,
                MeasuresActivations = settings.MeasuresActivations,
            }
        );
        schedules =
        [
            .. settings.Schedules.Select(schedule => ScheduleCatalogue.Create(schedule.Name, [.. schedule.Arguments])),
        ];
        order = new int[data.Header.Training];
        augmented = data.Header.Augmentation is { } change ? new(change, data.Header.Shape) : null;
        probes = new(settings, data);
        probes.AfterEpoch(0, network);
        if (settings.MeasuresEpochEnds)
            (Curves[EpochEndAccuracy], Curves[EpochEndLoss]) = ([], []);
        events = new(settings.Events, settings.LearningRate);
        restarts = settings.Restarts is { } onDivergence ? new(onDivergence) : null;
        stop = settings.Stop is { } whenToStop ? new(whenToStop) : null;
        if (settings.LossScale is not null)
            Curves[LossScaleMetrics.Scale] = [];
        if (settings.MeasuresActivations)
            Curves[ParameterUse.ActivationNorm] = [];
        heldOut = [.. Enumerable.Range(data.Header.Training, data.Header.Validation + data.Header.Test)];
        restarts?.Begin(Evaluate(heldOut.AsSpan(0, data.Header.Validation)).Loss, network, probes);
    }

    /// <summary>
    /// One list an epoch by name: losses are means over rows, accuracies shares in 0…1, a norm is a root mean square.
    /// Those of <c>train_</c> and the norm are over the epoch's steps, each before its update; those of
    /// <c>epoch_end_</c> and <c>validation_</c> are of the network at the epoch's end.
    /// </summary>
    public SortedDictionary<string, List<double>> Curves { get; } =
        new(StringComparer.Ordinal)
        {
            ["train_accuracy"] = [],
            ["train_loss"] = [],
            ["validation_accuracy"] = [],
            ["validation_loss"] = [],
        };

    /// <inheritdoc/>
    public int Epoch => now.Epoch;

    /// <inheritdoc/>
    public int Epochs => settings.Epochs;

    /// <inheritdoc/>
    public int Step => now.Step;

    /// <inheritdoc/>
    public int StepsOfEpoch => order.Length / settings.BatchSize;

    /// <inheritdoc/>
    public double Loss => now.Loss / now.Step;

    /// <summary>Whether all epochs are done that it takes.</summary>
    public bool IsOver => now.Epoch >= settings.Epochs || stop?.IsDue(now.Epoch) == true;

    /// <summary>The number of training steps done, one that showed divergence included.</summary>
    public int Steps { get; private set; }

    /// <summary>The restarts so far; null where the run asks for none.</summary>
    public IReadOnlyList<RunRestart>? Restarts => restarts?.History;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Tensors() => network.Tensors();

    /// <summary>
    /// Trains an epoch, or the rest of one, and validates; null, or how it diverged. A diverged epoch adds nothing to the curves.
    /// </summary>
    /// <param name="watch">Who looks on.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run may go on where it stands.</exception>
    public string? TrainEpoch(IRunWatch? watch)
    {
        if (now.Step == 0)
            BeginEpoch();
        rateOfEpoch = events.LearningRateAfter(now.Epoch) * (restarts?.Factor ?? 1);
        BatchOrder.Fill((ulong)settings.Seed, now.Epoch, order);
        var batches = StepsOfEpoch;
        while (now.Step < batches)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = order.AsSpan(now.Step * settings.BatchSize, settings.BatchSize);
            var next = now.Step + 1 < batches ? (now.Step + 1) * settings.BatchSize : order.Length;
            var batch = evaluation.Gather(rows, order.AsSpan(next, Math.Min(settings.BatchSize, order.Length - next)));
            augmented?.Change((ulong)settings.Seed, now.Epoch, rows, batch.Inputs);
            var rate = LearningRate(now.Epoch + ((double)now.Step / batches));
            var result = network.TrainStep(batch.Inputs, batch.Labels, rate);
            probes.AfterStep(network);
            Steps++;
            if (DivergenceLimit.Judge(result.MeanLoss) is { } reason)
                return reason;
            if (network.LossScale == 0)
                return "the loss scale fell to 0";
            now = now.Add(result);
            watch?.AfterStep(this);
        }
        return EndEpoch(batches);
    }

    private void BeginEpoch()
    {
        if (events.OptimizerAfter(now.Epoch) is { } rule)
            network.ChangeOptimizer(settings.Optimizer with { Rule = rule });
        if (events.ResetsLossScaleAfter(now.Epoch))
            network.ResetLossScale();
    }

    // Nothing changes before all is measured: a run that is interrupted meanwhile goes on with the measuring.
    private string? EndEpoch(int batches)
    {
        if (!double.IsFinite(now.Squares))
            return "the norm of the activations is not finite";
        var validation = Evaluate(heldOut.AsSpan(0, data.Header.Validation));
        if (!double.IsFinite(validation.Loss))
            return "the validation loss is not finite";
        if (settings.MeasuresEpochEnds)
        {
            var training = Evaluate([.. Enumerable.Range(0, data.Header.Training)]);
            if (!double.IsFinite(training.Loss))
                return "the loss at the end of the epoch is not finite";
            Curves[EpochEndAccuracy].Add(training.Accuracy);
            Curves[EpochEndLoss].Add(training.Loss);
        }
        if (settings.MeasuresActivations)
            Curves[ParameterUse.ActivationNorm].Add(Math.Sqrt(now.Squares / batches));
        Curves["train_accuracy"].Add((double)now.Correct / (batches * settings.BatchSize));
        Curves["train_loss"].Add(now.Loss / batches);
        Curves["validation_accuracy"].Add(validation.Accuracy);
        Curves["validation_loss"].Add(validation.Loss);
        if (settings.LossScale is not null)
            Curves[LossScaleMetrics.Scale].Add(network.LossScale);
        var (epochs, loss) = (now.Epoch + 1, now.Loss / batches);
        probes.AfterEpoch(epochs, network);
        stop?.AfterEpoch(Curves, network);
        restarts?.AfterEpoch(epochs, loss, validation.Loss, network, probes, stop?.Best);
        now = EpochSoFar.After(epochs);
        return null;
    }

    /// <summary>After an epoch that diverged, goes back to a healthy one; what came after it is forgotten, but for its steps.</summary>
    /// <param name="reason">How it did.</param>
    /// <returns>Whether it goes on; else the run is over.</returns>
    public bool GoBack(string reason)
    {
        if (restarts?.Next(now.Epoch + 1, Steps, reason) is not { } healthy)
            return false;
        network.Restore(healthy.Network);
        probes.Restore(healthy.Probes);
        stop?.Restore(healthy.Best);
        foreach (var curve in Curves.Values)
            curve.RemoveRange(healthy.Epochs, curve.Count - healthy.Epochs);
        now = EpochSoFar.After(healthy.Epochs);
        return true;
    }

    /// <summary>Adds the last value of each curve, and takes the network back to the best epoch where that is asked for.</summary>
    public void EndTraining(SortedDictionary<string, double> metrics)
    {
        foreach (var (name, curve) in Curves)
            metrics[name] = curve[^1];
        stop?.End(metrics, Curves, network);
    }

    /// <summary>The mean loss on the test split.</summary>
    public double TestLoss() => Evaluate(heldOut.AsSpan(data.Header.Validation)).Loss;

    /// <summary>Adds the test accuracy and the metrics that the run asks for, by name.</summary>
    /// <returns>
    /// Which test rows it got right, as <see cref="CorrectRows"/> writes them, and as <see cref="Confusion.Count"/> has it what it took
    /// for what.
    /// </returns>
    public (string Correct, int[]? Confusion) Measure(SortedDictionary<string, double> metrics)
    {
        var (logits, testLabels) = Predict();
        var correct = Predictions.Correct(logits, testLabels, data.Header.Classes);
        metrics["test_accuracy"] = (double)correct.Count(isCorrect => isCorrect) / correct.Length;
        var measured = new MeasuredNetwork(logits, testLabels, data.Header.Classes, new(Copy));
        foreach (var call in settings.Metrics)
        {
            if (
                MetricCatalogue.Create(call.Name, [.. call.Arguments]).Of(measured) is var value
                && double.IsFinite(value)
            )
                metrics[$"test_{call}"] = value;
        }
        return (CorrectRows.Write(correct, testLabels), Confusion.Count(logits, testLabels, data.Header.Classes));
    }

    /// <summary>Adds what became of the loss scale, where the run has one.</summary>
    public void MeasureLossScale(SortedDictionary<string, double> metrics)
    {
        if (settings.LossScale is not null)
            (metrics[LossScaleMetrics.Scale], metrics[LossScaleMetrics.Skipped]) = (
                network.LossScale,
                network.SkippedSteps
            );
    }

    private NetworkCopy Copy()
    {
        var rows = Math.Min(MostRowsOfRanges, data.Header.Training);
        var training = new float[rows * data.Header.Features];
        RowReader.Gather(data, [.. Enumerable.Range(0, rows)], training, new int[rows]);
        return new(settings, Trained(), training, evaluation.EndOfBatch);
    }

    private (float[] Logits, int[] Labels) Predict() =>
        evaluation.Predict(network, heldOut.AsSpan(data.Header.Validation));

    /// <summary>What was measured inside the network; null where the run has no probes. Training is over then.</summary>
    public IReadOnlyList<LayerProbe>? Probes() => probes.Finish();

    /// <summary>The digest of the weights and running statistics as they are now.</summary>
    public string WeightsDigest() => TensorDigest.Of(network.Tensors());

    /// <summary>The network as it is now, and what it makes of the test split.</summary>
    public TrainedNetwork Trained()
    {
        var rows = heldOut.AsSpan(data.Header.Validation);
        var (logits, testLabels) = Predict();
        var testInputs = new float[checked(rows.Length * data.Header.Features)];
        RowReader.Gather(data, rows, testInputs, testLabels);
        return new(settings.Network, network.Tensors(), testInputs, testLabels, logits);
    }

    /// <inheritdoc/>
    public void Dispose() => (network as IDisposable)?.Dispose();

    private float LearningRate(double epoch)
    {
        var rate = rateOfEpoch;
        foreach (var schedule in schedules)
            rate *= schedule.Factor(epoch, settings.Epochs);
        return (float)rate;
    }

    private (double Loss, double Accuracy) Evaluate(ReadOnlySpan<int> rows) =>
        evaluation.Of(network, rows, cancellation);
}
