using System.Runtime.InteropServices;
using Pipeline.Networks.Descriptions;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipeline.Stages.Train.Torch;

/// <summary>Batches on their way to a device: checked, and copied once to memory from which the device fetches them.</summary>
internal sealed class TorchBatch : IDisposable
{
    private readonly FeatureShape shape;
    private readonly int classes,
        largestBatch;
    private readonly Device device;
    private readonly Tensor hostInputs,
        hostLabels;

    /// <param name="shape">The shape of an example.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="largestBatch">The largest number of rows.</param>
    /// <param name="device">The device.</param>
    public TorchBatch(FeatureShape shape, int classes, int largestBatch, Device device)
    {
        if (largestBatch < 1)
            throw new ArgumentOutOfRangeException(
                nameof(largestBatch),
                largestBatch,
                "The largest batch must hold at least one row."
            );
        (this.shape, this.classes, this.largestBatch, this.device) = (shape, classes, largestBatch, device);
        hostInputs = Host(empty(largestBatch, shape.Values));
        hostLabels = Host(empty(largestBatch, ScalarType.Int64));
    }

    /// <summary>Throws unless a batch fits the network.</summary>
    /// <exception cref="ArgumentException">The shapes don't fit the network, or a label is out of range.</exception>
    public void Check(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        CheckInputs(inputs, labels.Length);
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw new ArgumentException(
                    $"The label of row {i} is {labels[i]}, but there are classes 0 to {classes - 1}.",
                    nameof(labels)
                );
        }
    }

    /// <summary>Throws unless so many rows have so many inputs.</summary>
    /// <exception cref="ArgumentException">They haven't.</exception>
    public void CheckInputs(ReadOnlySpan<float> inputs, int rows)
    {
        if (inputs.Length != (long)rows * shape.Values)
            throw new ArgumentException(
                $"The network takes inputs of shape [{rows}, {shape.Values}], but {inputs.Length} values were given.",
                nameof(inputs)
            );
    }

    /// <summary>Throws if an input is no number: a loss that is none then says nothing of the network.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    public void RequireFinite(ReadOnlySpan<float> inputs)
    {
        var at = inputs.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (at >= 0)
            throw new ArgumentException(
                $"The network takes finite numbers, but value {at % shape.Values} of row {at / shape.Values} is {inputs[at]}.",
                nameof(inputs)
            );
    }

    /// <summary>The inputs on the device, in the shape in which they flow.</summary>
    /// <param name="inputs">At most as many rows as the largest batch.</param>
    public Tensor Inputs(ReadOnlySpan<float> inputs)
    {
        inputs.CopyTo(MemoryMarshal.Cast<byte, float>(hostInputs.bytes));
        return OnDevice(hostInputs, inputs.Length / shape.Values).view(TorchLayers.ShapeOf(shape));
    }

    /// <summary>The labels on the device.</summary>
    /// <param name="labels">At most as many as the largest batch has rows.</param>
    public Tensor Labels(ReadOnlySpan<int> labels)
    {
        var values = MemoryMarshal.Cast<byte, long>(hostLabels.bytes);
        for (var i = 0; i < labels.Length; i++)
            values[i] = labels[i];
        return OnDevice(hostLabels, labels.Length);
    }

    /// <summary>Throws unless a batch for training has a fitting number of rows.</summary>
    /// <exception cref="ArgumentException">It has none, or too many.</exception>
    public void CheckRows(int rows)
    {
        if (rows < 1 || rows > largestBatch)
            throw new ArgumentException($"A batch has 1 to {largestBatch} rows here, not {rows}.", nameof(rows));
    }

    public void Dispose()
    {
        hostInputs.Dispose();
        hostLabels.Dispose();
    }

    private Tensor OnDevice(Tensor host, int rows)
    {
        var part = host.narrow(0, 0, rows);
        return device.type == DeviceType.CPU ? part : part.to(device, non_blocking: true);
    }

    // From pinned memory the device fetches by itself. The copy of the step before is done by then: its results have been read.
    private Tensor Host(Tensor tensor) =>
        (device.type == DeviceType.CUDA ? tensor.pin_memory() : tensor).DetachFromDisposeScope();
}
