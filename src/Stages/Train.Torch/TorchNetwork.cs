using System.Runtime.InteropServices;
using Pipeline.Networks;
using static TorchSharp.torch;

namespace Pipeline.Stages.Train.Torch;

/// <summary>
/// A network on the torch backend: what the managed backend computes, by operations of torch. Not thread-safe; networks
/// share nothing. Results agree with the managed backend's within rounding.
/// </summary>
internal sealed class TorchNetwork : ITrainableNetwork, IDisposable
{
    private readonly int inputs,
        classes,
        largestBatch;
    private readonly TorchLayer layers;
    private readonly TorchLoss loss;
    private readonly TorchBatch batch;

    /// <summary>Builds a network.</summary>
    /// <exception cref="ArgumentException">
    /// A size or setting is out of range, shapes don't fit, an operation is not in its catalogue, or the tensors are not the network's.
    /// </exception>
    /// <exception cref="TorchException">
    /// A layer or an operation has no torch form, the storage is not float32, or the device's memory is exhausted.
    /// </exception>
    public TorchNetwork(NetworkStart start, Device device)
    {
        if (Refused(start) is { } sentence)
            throw new TorchException(sentence);
        var description = start.Description;
        (inputs, classes, largestBatch) = (description.Input.Values, description.Classes, start.LargestBatch);
        loss = TorchLosses.Table.Create(start.Loss);
        using var scope = NewDisposeScope();
        try
        {
            batch = new(description.Input, classes, largestBatch, device);
            Weights = new(description.Tensors(), start.InitialWeights, device);
            layers = TorchLayers.Chain(description.Layers(), new(Weights, start.Seed, start.Precision));
            Update = new(start.Optimizer, Weights.Trained);
        }
        catch (ExternalException e) when (TorchMemory.IsExhausted(e))
        {
            throw TorchMemory.Exhausted(e);
        }
    }

    /// <summary>The network's tensors.</summary>
    internal TorchWeights Weights { get; }

    /// <summary>The optimizer with its state.</summary>
    internal TorchUpdate Update { get; private set; }

    /// <inheritdoc/>
    public BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
    {
        if (!float.IsFinite(learningRate) || learningRate < 0)
            throw new ArgumentOutOfRangeException(
                nameof(learningRate),
                learningRate,
                "A learning rate must be finite and at least 0."
            );
        try
        {
            using var scope = NewDisposeScope();
            var (logits, losses) = Differentiate(inputs, labels);
            Update.Step(Weights.Gradients, learningRate, Weights.Trained);
            return Judge(logits, losses, inputs, labels);
        }
        catch (ExternalException e) when (TorchMemory.IsExhausted(e))
        {
            throw TorchMemory.Exhausted(e);
        }
    }

    /// <inheritdoc/>
    public BatchResult Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        batch.Check(inputs, labels);
        var (lossSum, correct) = (0.0, 0);
        for (var at = 0; at < labels.Length; at += largestBatch)
        {
            var rows = Math.Min(largestBatch, labels.Length - at);
            var part = EvaluatePart(inputs.Slice(at * this.inputs, rows * this.inputs), labels.Slice(at, rows));
            (lossSum, correct) = (lossSum + part.LossSum, correct + part.Correct);
        }
        return new(lossSum, correct, labels.Length);
    }

    /// <inheritdoc/>
    public void Logits(ReadOnlySpan<float> inputs, Span<float> logits)
    {
        var allRows = logits.Length / classes;
        if (logits.Length % classes != 0)
            throw new ArgumentException(
                $"The network gives {classes} values a row, which {logits.Length} is no multiple of.",
                nameof(logits)
            );
        batch.CheckInputs(inputs, allRows);
        for (var at = 0; at < allRows; at += largestBatch)
        {
            var rows = Math.Min(largestBatch, allRows - at);
            Infer(inputs.Slice(at * this.inputs, rows * this.inputs), logits.Slice(at * classes, rows * classes));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Tensors() => Weights.Copy();

    /// <inheritdoc/>
    public NetworkState Save() =>
        new(
            Tensors(),
            Update.Settings,
            [.. Update.State.Select(Weights.CopyTrained)],
            Update.NextStep - 1,
            Update.NextUpdate - 1,
            new(1, 0),
            SkippedSteps: 0
        );

    /// <inheritdoc/>
    public void Restore(NetworkState state)
    {
        using var scope = NewDisposeScope();
        var restored = new TorchUpdate(state.Optimizer, Weights.Trained, state.Steps, state.Updates);
        try
        {
            if (restored.State.Length != state.Moments.Count)
                throw new ArgumentException(
                    $"The optimizer {state.Optimizer.Rule} keeps {restored.State.Length} values a parameter, "
                        + $"but the state has {state.Moments.Count}.",
                    nameof(state)
                );
            foreach (var (piece, moment) in restored.State.Zip(state.Moments))
                Weights.FillTrained(piece, moment);
            Weights.Restore(state.Tensors);
        }
        catch (ArgumentException)
        {
            restored.Dispose();
            throw;
        }
        Update.Dispose();
        Update = restored;
    }

    /// <inheritdoc/>
    public void ChangeOptimizer(OptimizerSettings optimizer)
    {
        using var scope = NewDisposeScope();
        var changed = new TorchUpdate(optimizer, Weights.Trained, Update.NextStep - 1);
        Update.Dispose();
        Update = changed;
    }

    /// <summary>Gives the device's memory back.</summary>
    public void Dispose()
    {
        batch.Dispose();
        Weights.Dispose();
        Update.Dispose();
    }

    /// <summary>The forward and the backward pass of the coming step, without its update.</summary>
    /// <returns>The logits in training mode and the losses of the rows, both on the device and of the caller's scope.</returns>
    internal (Tensor Logits, Tensor Losses) Differentiate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        batch.Check(inputs, labels);
        batch.CheckRows(labels.Length);
        var logits = layers(batch.Inputs(inputs), new(Update.NextStep));
        var losses = loss(logits, batch.Labels(labels));
        Weights.Gradients.zero_();
        losses.mean().backward();
        return (logits, losses);
    }

    /// <summary>What the managed backend does alone, as a sentence that says what to do; null where nothing is asked for.</summary>
    private static string? Refused(NetworkStart start) =>
        start.Storage != Pipeline.Networks.Storage.Float32
            ? $"The torch backend keeps numbers in float32, not in {start.Storage}: choose storage float32 or the backend managed."
        : start.MeasuresActivations
            ? "The torch backend doesn't measure activations: leave activation_norm out, or choose the backend managed."
        : start.Description.InfersByBatch
            ? "The torch backend infers by running statistics alone: leave out inference_statistics, or train on the managed backend."
        : start.Description.FrozenLayers > 0
            ? "The torch backend trains all layers: leave out frozen_layers, or train on the managed backend."
        : null;

    private BatchResult EvaluatePart(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            var logits = layers(batch.Inputs(inputs), default);
            return Judge(logits, loss(logits, batch.Labels(labels)), inputs, labels);
        }
        catch (ExternalException e) when (TorchMemory.IsExhausted(e))
        {
            throw TorchMemory.Exhausted(e);
        }
    }

    private void Infer(ReadOnlySpan<float> inputs, Span<float> logits)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            Values(layers(batch.Inputs(inputs), default)).CopyTo(logits);
        }
        catch (ExternalException e) when (TorchMemory.IsExhausted(e))
        {
            throw TorchMemory.Exhausted(e);
        }
    }

    private BatchResult Judge(Tensor logits, Tensor losses, ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        // Together, so that the device is waited for once.
        var values = Values(cat([logits.view(-1), losses]));
        var (rows, lossSum) = (labels.Length, 0.0);
        foreach (var rowLoss in values[(rows * classes)..])
            lossSum += rowLoss;
        if (!double.IsFinite(lossSum))
            batch.RequireFinite(inputs);
        return new(lossSum, Predictions.CountCorrect(values[..(rows * classes)], labels, rows, classes), rows);
    }

    private static ReadOnlySpan<float> Values(Tensor tensor) =>
        MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes);
}
