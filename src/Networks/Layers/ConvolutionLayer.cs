using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>
/// A <see cref="Convolution"/> with its weight, stored
/// [kernel row, kernel column, channels in, channels out], and its bias.
/// </summary>
internal sealed class ConvolutionLayer(ConvolutionDescription description, LayerMemory memory)
    : NetworkLayer(description)
{
    private readonly ConvolutionSizes sizes = new(
        description.Input.Height,
        description.Input.Width,
        description.Input.Channels,
        description.Channels,
        description.Kernel,
        description.Stride,
        description.Padding
    );

    private readonly GemmWorkspace workspace = memory.Workspace;
    private readonly FloatBuffer weight = memory.Tensors.Values($"{description.Name}.weight");
    private readonly FloatBuffer dweight = memory.Tensors.Gradient($"{description.Name}.weight");
    private readonly FloatBuffer bias = memory.Tensors.Values($"{description.Name}.bias");
    private readonly FloatBuffer dbias = memory.Tensors.Gradient($"{description.Name}.bias");

    public override bool CanSkipInputGradient => true;

    // The sums of a bias's gradient go over the whole batch.
    public override bool TakesPieces => dbias.Length == 0;

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Infer(x, rows, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        var hasBias = bias.Length > 0;
        if (hasBias)
            Rows.Repeat(bias.Span, y);
        Convolution.Forward(sizes, rows, x, weight.Span, y, accumulate: hasBias, workspace);
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
        Convolution.WeightGradient(sizes, rows, x, dy, dweight.Span, accumulate: first > 0, workspace);
        if (dbias.Length > 0)
            ColumnSums.Of(dy, rows * sizes.OutputHeight * sizes.OutputWidth, sizes.ChannelsOut, dbias.Span);
        if (!dx.IsEmpty)
            Convolution.InputGradient(sizes, rows, dy, weight.Span, dx, workspace);
    }
}
