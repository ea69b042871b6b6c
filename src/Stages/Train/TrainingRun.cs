using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Networks.Schedules;

namespace Pipeline.Stages.Train;

/// <summary>The state of a run while it trains: network, buffers for one batch, curves so far.</summary>
internal sealed class TrainingRun : IDisposable
{
    // Part of the result: the losses of an evaluation are summed batch by batch.
    private const int EvaluationBatch = 256;

    // As many rows show what a layer's values span; more would take longer.
    private const int MostRowsOfRanges = 1024;

    private const string EpochEndAccuracy = "epoch_end_accuracy";
    private const string EpochEndLoss = "epoch_end_loss";

    private readonly RunSettings settings;
    private readonly PreparedData data;
    private readonly ITrainableNetwork network;
    private readonly Schedule[] schedules;
    private readonly float[] inputs;
    private readonly int[] labels;
    private readonly int[] order;
    private readonly int[] heldOut;
    private readonly AugmentedRows? augmented;
    private readonly RunProbes probes;
    private readonly RunEvents events;
    private readonly Restarts? restarts;
    private double rateOfEpoch;

    public TrainingRun(RunSettings settings, PreparedData data, Backend backend)
    {
        this.settings = settings;
        this.data = data;
        var largestBatch = settings.Network.InfersByBatch
            ? (2 * settings.BatchSize) - 1
            : Math.Max(settings.BatchSize, EvaluationBatch);
        var seed = (ulong)settings.Seed;
        network = backend.Begin(
            new(
                settings.Network,
                InitialWeights.Create(settings.Network, seed),
                settings.Optimizer,
                settings.Loss,
                largestBatch,
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
        inputs = new float[largestBatch * data.Header.Features];
        labels = new int[largestBatch];
        order = new int[data.Header.Training];
        augmented = data.Header.Augmentation is { } change ? new(change, data.Header.Shape) : null;
        probes = new(settings, data);
        probes.AfterEpoch(0, network);
        if (settings.MeasuresEpochEnds)
            (Curves[EpochEndAccuracy], Curves[EpochEndLoss]) = ([], []);
        events = new(settings.Events, settings.LearningRate);
        restarts = settings.Restarts is { } onDivergence ? new(onDivergence) : null;
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

    /// <summary>Passes over the training rows.</summary>
    public int Epochs => settings.Epochs;

    /// <summary>The number of training steps done, one that showed divergence included.</summary>
    public int Steps { get; private set; }

    /// <summary>The restarts so far; null where the run asks for none.</summary>
    public IReadOnlyList<RunRestart>? Restarts => restarts?.History;

    /// <summary>Trains one epoch and validates; null, or how it diverged. A diverged epoch adds nothing to the curves.</summary>
    public string? Epoch(int epoch)
    {
        if (events.OptimizerAfter(epoch) is { } rule)
            network.ChangeOptimizer(settings.Optimizer with { Rule = rule });
        if (events.ResetsLossScaleAfter(epoch))
            network.ResetLossScale();
        rateOfEpoch = events.LearningRateAfter(epoch) * (restarts?.Factor ?? 1);
        BatchOrder.Fill((ulong)settings.Seed, epoch, order);
        var batches = order.Length / settings.BatchSize;
        var (loss, correct, squares) = (0.0, 0, 0.0);
        for (var i = 0; i < batches; i++)
        {
            var rows = order.AsSpan(i * settings.BatchSize, settings.BatchSize);
            var batch = Gather(rows);
            augmented?.Change((ulong)settings.Seed, epoch, rows, batch.Inputs);
            var result = network.TrainStep(batch.Inputs, batch.Labels, LearningRate(epoch + ((double)i / batches)));
            probes.AfterStep(network);
            Steps++;
            if (DivergenceLimit.Judge(result.MeanLoss) is { } reason)
                return reason;
            if (network.LossScale == 0)
                return "the loss scale fell to 0";
            loss += result.MeanLoss;
            correct += result.Correct;
            squares += result.ActivationSquare;
        }
        if (!double.IsFinite(squares))
            return "the norm of the activations is not finite";
        var validation = Evaluate(heldOut.AsSpan(0, data.Header.Validation));
        if (!double.IsFinite(validation.Loss))
            return "the validation loss is not finite";
        if (settings.MeasuresEpochEnds && !MeasureEpochEnd())
            return "the loss at the end of the epoch is not finite";
        if (settings.MeasuresActivations)
            Curves[ParameterUse.ActivationNorm].Add(Math.Sqrt(squares / batches));
        Curves["train_accuracy"].Add((double)correct / (batches * settings.BatchSize));
        Curves["train_loss"].Add(loss / batches);
        Curves["validation_accuracy"].Add(validation.Accuracy);
        Curves["validation_loss"].Add(validation.Loss);
        if (settings.LossScale is not null)
            Curves[LossScaleMetrics.Scale].Add(network.LossScale);
        probes.AfterEpoch(epoch + 1, network);
        restarts?.AfterEpoch(epoch + 1, loss / batches, validation.Loss, network, probes);
        return null;
    }

    /// <summary>After an epoch that diverged, goes back to a healthy one; what came after it is forgotten, but for its steps.</summary>
    /// <param name="epoch">The epoch that diverged, from 0.</param>
    /// <param name="reason">How it did.</param>
    /// <returns>The epoch with which to go on, from 0; null where the run is over.</returns>
    public int? GoBack(int epoch, string reason)
    {
        if (restarts?.Next(epoch + 1, Steps, reason) is not { } healthy)
            return null;
        network.Restore(healthy.Network);
        healthy.RewindProbes();
        foreach (var curve in Curves.Values)
            curve.RemoveRange(healthy.Epochs, curve.Count - healthy.Epochs);
        return healthy.Epochs;
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
        return new(settings, Trained(), training, EndOfBatch);
    }

    /// <summary>Loss and accuracy on all training rows, as they are without augmentation; false where the loss is not finite.</summary>
    private bool MeasureEpochEnd()
    {
        var training = Evaluate([.. Enumerable.Range(0, data.Header.Training)]);
        if (!double.IsFinite(training.Loss))
            return false;
        Curves[EpochEndAccuracy].Add(training.Accuracy);
        Curves[EpochEndLoss].Add(training.Loss);
        return true;
    }

    private (float[] Logits, int[] Labels) Predict()
    {
        var rows = heldOut.AsSpan(data.Header.Validation);
        var classes = data.Header.Classes;
        var (logits, rowLabels) = (new float[rows.Length * classes], new int[rows.Length]);
        for (var (i, end) = (0, EndOfBatch(0, rows.Length)); i < end; (i, end) = (end, EndOfBatch(end, rows.Length)))
        {
            var batch = Gather(rows[i..end]);
            network.Logits(batch.Inputs, logits.AsSpan(i * classes, batch.Labels.Length * classes));
            batch.Labels.CopyTo(rowLabels.AsSpan(i));
        }
        return (logits, rowLabels);
    }

    /// <summary>
    /// The end of the batch of an evaluation that begins at a row. Where its statistics matter it has as many rows as a step's, and an
    /// incomplete last one joins the one before it.
    /// </summary>
    private int EndOfBatch(int start, int rows) =>
        !settings.Network.InfersByBatch ? Math.Min(start + EvaluationBatch, rows)
        : rows - start < 2 * settings.BatchSize ? rows
        : start + settings.BatchSize;

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

    private (double Loss, double Accuracy) Evaluate(ReadOnlySpan<int> rows)
    {
        var (loss, correct) = (0.0, 0);
        for (var (i, end) = (0, EndOfBatch(0, rows.Length)); i < end; (i, end) = (end, EndOfBatch(end, rows.Length)))
        {
            var batch = Gather(rows[i..end]);
            var result = network.Evaluate(batch.Inputs, batch.Labels);
            loss += result.LossSum;
            correct += result.Correct;
        }
        return (loss / rows.Length, (double)correct / rows.Length);
    }

    private Batch Gather(ReadOnlySpan<int> rows)
    {
        var batch = new Batch(inputs.AsSpan(0, rows.Length * data.Header.Features), labels.AsSpan(0, rows.Length));
        RowReader.Gather(data, rows, batch.Inputs, batch.Labels);
        return batch;
    }

    private readonly ref struct Batch(Span<float> inputs, Span<int> labels)
    {
        public Span<float> Inputs { get; } = inputs;

        public Span<int> Labels { get; } = labels;
    }
}
