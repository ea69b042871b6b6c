using Pipeline.Numerics;

namespace Pipeline.Networks;

/// <summary>
/// A layer of the managed backend: a forward and a backward pass over row-major matrices of up to a largest number of rows. It owns what it must
/// remember between the two; its inputs and outputs belong to the network.
/// </summary>
internal abstract class NetworkLayer(LayerDescription description)
{
    /// <summary>The layer's dotted name.</summary>
    public string Name => description.Name;

    /// <summary>The values per row that go in.</summary>
    public int Inputs => description.Inputs;

    /// <summary>The values per row that come out.</summary>
    public int Outputs => description.Outputs;

    /// <summary>Makes the layer that a description means.</summary>
    /// <param name="description">The description.</param>
    /// <param name="tensors">Where the layer's tensors stand.</param>
    /// <param name="largestBatch">The largest number of rows.</param>
    /// <param name="workspace">The network's workspace for products.</param>
    /// <exception cref="ArgumentException">The managed backend has no such layer.</exception>
    public static NetworkLayer Create(LayerDescription description, NetworkTensors tensors, int largestBatch, GemmWorkspace workspace) =>
        description switch
        {
            LinearDescription linear => new LinearLayer(linear, tensors, workspace),
            NormalizationDescription normalization => new NormalizationLayer(normalization, tensors, largestBatch),
            ActivationDescription activation => new ActivationLayer(activation),
            _ => throw new ArgumentException($"The managed backend has no layer for {description.GetType().Name} '{description.Name}'.", nameof(description)),
        };

    /// <summary>The forward pass of a training step.</summary>
    /// <param name="x">The layer's inputs [rows, inputs].</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="y">Its outputs [rows, outputs].</param>
    public abstract void Forward(ReadOnlySpan<float> x, int rows, Span<float> y);

    /// <summary>The forward pass of inference: a row's outputs depend on that row alone.</summary>
    /// <param name="x">The layer's inputs [rows, inputs].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="y">Its outputs [rows, outputs].</param>
    public abstract void Infer(ReadOnlySpan<float> x, int rows, Span<float> y);

    /// <summary>The backward pass; the gradients of the layer's tensors are written, not added.</summary>
    /// <param name="x">What went into <see cref="Forward"/> last.</param>
    /// <param name="y">What came out of it.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="dx">The gradient with respect to x, or empty when nobody needs it.</param>
    public abstract void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int rows, Span<float> dx);
}
