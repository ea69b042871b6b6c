using System.Runtime.Intrinsics;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>
/// A batch normalization and a quick activation, of images with the largest-value pooling that may follow, in one pass each way, to the
/// same bits: what stands between them is not written to memory, and what the way back needs of it is made again.
/// </summary>
internal sealed class UnitLayer : NetworkLayer
{
    private readonly BatchwiseNormalizationLayer normalization;
    private readonly IUnitLoops loops;
    private readonly int placesOfRow;
    private readonly FloatBuffer places,
        sums;

    private UnitLayer(
        BatchwiseNormalizationLayer normalization,
        IUnitLoops loops,
        PoolingDescription? pooling,
        LayerMemory memory
    )
        : base(normalization.Name, normalization.Inputs, pooling?.Output.Values ?? normalization.Outputs)
    {
        (this.normalization, this.loops) = (normalization, loops);
        Layers = pooling is null ? 2 : 3;
        placesOfRow = pooling is null ? 0 : Outputs;
        places = new(checked(memory.LargestBatch * placesOfRow));
        sums = new(2 * 4 * normalization.Channels.Count);
    }

    public override bool TakesPieces => true;

    public override bool LooksAhead => true;

    /// <summary>The number of layers that it stands for.</summary>
    public int Layers { get; }

    /// <summary>
    /// The first layers of some as one; null where they aren't such layers, or are of a shape or kind for which it
    /// doesn't pay.
    /// </summary>
    /// <param name="steps">Layers of a chain.</param>
    /// <param name="memory">What the network's layers share.</param>
    public static UnitLayer? TryCreate(ReadOnlySpan<LayerChain.Step> steps, LayerMemory memory)
    {
        if (
            steps.Length < 2
            || memory.Storage != Storage.Float32
            || steps[0].Layer is not BatchwiseNormalizationLayer normalization
            || steps[1].Layer is not ActivationLayer { Activation: var activation }
            || normalization.Channels.Count % Vector512<float>.Count != 0
        )
            return null;
        var pooling = steps.Length > 2 ? PoolingOf(steps[2].Description) : null;
        return activation.UnitLoops(pooling?.Input.Width) is { } loops
            ? new(normalization, loops, pooling, memory)
            : null;
    }

    public override void BeginForward(ReadOnlySpan<float> x, int rows) => normalization.BeginForward(x, rows);

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        loops.Forward(x, normalization.Channels, y, PlacesOf(first, rows));

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        normalization.BeginInfer(x, rows);
        loops.Forward(x, normalization.Channels, y, PlacesOf(first: 0, rows));
    }

    public override void BeginBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows)
    {
        loops.Sum(x, normalization.Channels, dy, PlacesOf(first: 0, rows), sums.Span);
        normalization.TakeSums(sums.Span, rows);
    }

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    ) => loops.Backward(x, normalization.Channels, dy, PlacesOf(first, rows), dx);

    private static PoolingDescription? PoolingOf(LayerDescription layer) =>
        layer is PoolingDescription { Kind: Pooling.Max, Window: 2, Stride: 2, Input: var image } pooling
        && image.Height % 2 == 0
        && image.Width % 2 == 0
            ? pooling
            : null;

    private Span<float> PlacesOf(int first, int rows) => places.Span.Slice(first * placesOfRow, rows * placesOfRow);
}
