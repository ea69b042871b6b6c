using System.Runtime.Intrinsics;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>
/// A batch normalization, a quick activation and a largest-value pooling of images in one pass each way, to the same bits: the images
/// between them are not written to memory, and what the way back needs of them is made again.
/// </summary>
internal sealed class PooledUnitLayer : NetworkLayer
{
    private readonly NormalizationLayer normalization;
    private readonly IPooledLoops loops;
    private readonly int width;
    private readonly FloatBuffer places,
        sums;

    private PooledUnitLayer(
        NormalizationLayer normalization,
        IPooledLoops loops,
        PoolingDescription pooling,
        LayerMemory memory
    )
        : base(normalization.Name, normalization.Inputs, pooling.Output.Values)
    {
        (this.normalization, this.loops, width) = (normalization, loops, pooling.Input.Width);
        places = new(checked(memory.LargestBatch * Outputs));
        sums = new(2 * 4 * pooling.Input.Channels);
    }

    public override bool TakesPieces => true;

    public override bool LooksAhead => true;

    /// <summary>The number of layers that it stands for.</summary>
    public const int Layers = 3;

    /// <summary>
    /// The first layers of some as one; null where they aren't such layers, or are of a shape or kind for which it
    /// doesn't pay.
    /// </summary>
    /// <param name="steps">Layers of a chain.</param>
    /// <param name="memory">What the network's layers share.</param>
    public static PooledUnitLayer? TryCreate(ReadOnlySpan<LayerChain.Step> steps, LayerMemory memory) =>
        steps.Length >= Layers
        && memory.Storage == Storage.Float32
        && steps[0].Layer is NormalizationLayer { LooksAhead: true } normalization
        && steps[1].Layer is ActivationLayer { Activation.PooledLoops: { } loops }
        && steps[2].Description is PoolingDescription { Kind: Pooling.Max, Window: 2, Stride: 2 } pooling
        && pooling.Input is var image
        && image.Height % 2 == 0
        && image.Width % 2 == 0
        && image.Channels % Vector512<float>.Count == 0
            ? new(normalization, loops, pooling, memory)
            : null;

    public override void BeginForward(ReadOnlySpan<float> x, int rows) => normalization.BeginForward(x, rows);

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Pool(x, first, rows, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        normalization.BeginInfer(x, rows);
        Pool(x, first: 0, rows, y);
    }

    public override void BeginBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows)
    {
        sums.Span.Clear();
        for (var i = 0; i < rows; i++)
            loops.Sum(
                x.Slice(i * Inputs, Inputs),
                normalization.Channels,
                width,
                dy.Slice(i * Outputs, Outputs),
                PlacesOf(i),
                sums.Span
            );
        normalization.TakeSums(sums.Span, rows);
    }

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    )
    {
        for (var i = 0; i < rows; i++)
            loops.Backward(
                x.Slice(i * Inputs, Inputs),
                normalization.Channels,
                width,
                dy.Slice(i * Outputs, Outputs),
                PlacesOf(first + i),
                dx.Slice(i * Inputs, Inputs)
            );
    }

    private void Pool(ReadOnlySpan<float> x, int first, int rows, Span<float> y)
    {
        for (var i = 0; i < rows; i++)
            loops.Forward(
                x.Slice(i * Inputs, Inputs),
                normalization.Channels,
                width,
                y.Slice(i * Outputs, Outputs),
                PlacesOf(first + i)
            );
    }

    private Span<float> PlacesOf(int row) => places.Slice(row * Outputs, Outputs).Span;
}
