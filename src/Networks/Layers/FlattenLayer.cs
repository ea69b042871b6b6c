using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>An image of [pixels, channels] as features, channel after channel.</summary>
internal sealed class FlattenLayer(FlattenDescription description) : NetworkLayer(description)
{
    private readonly FeatureShape shape = description.Input;

    public override bool TakesPieces => true;

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Infer(x, rows, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) =>
        Layout.ChannelsFirst(x, rows, shape, y);

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    ) => Layout.ChannelsLast(dy, rows, shape, dx);
}
