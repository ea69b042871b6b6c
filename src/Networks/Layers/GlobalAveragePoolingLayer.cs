using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>
/// The mean of each channel over its pixels, summed as in <see cref="ColumnSums"/>; of the gradient
/// each pixel gets an equal share.
/// </summary>
internal sealed class GlobalAveragePoolingLayer(GlobalAveragePoolingDescription description) : NetworkLayer(description)
{
    private readonly int pixels = description.Input.Pixels;

    public override bool TakesPieces => true;

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Infer(x, rows, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        for (var i = 0; i < rows; i++)
        {
            var means = y.Slice(i * Outputs, Outputs);
            ColumnSums.Of(x.Slice(i * Inputs, Inputs), pixels, Outputs, means);
            foreach (ref var mean in means)
                mean /= pixels;
        }
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
        {
            var shares = dx.Slice(i * Inputs, Inputs);
            for (var c = 0; c < Outputs; c++)
                shares[c] = dy[(i * Outputs) + c] / pixels;
            Rows.Repeat(shares[..Outputs], shares);
        }
    }
}
