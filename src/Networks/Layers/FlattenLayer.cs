using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>An image of [pixels, channels] as features, channel after channel.</summary>
internal sealed class FlattenLayer(FlattenDescription description) : NetworkLayer(description)
{
    private readonly FeatureShape shape = description.Input;

    public override void Forward(ReadOnlySpan<float> x, int rows, int step, Span<float> y) => Infer(x, rows, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) =>
        Layout.ChannelsFirst(x, rows, shape, y);

    public override void Backward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int rows,
        Span<float> dx
    ) => Layout.ChannelsLast(dy, rows, shape, dx);
}
