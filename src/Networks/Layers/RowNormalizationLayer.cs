using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Layers;

/// <summary>A <see cref="Normalization"/> of each row by itself, the same in training and inference.</summary>
internal sealed class RowNormalizationLayer(
    NormalizationDescription description,
    Normalization normalization,
    LayerMemory memory
) : NormalizationLayer(description, normalization, memory)
{
    private NormalizationTensors Tensors => new(Scale.Span, Shift.Span, [], []);

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Normalization.Forward(x, Tensors, ShapeOf(rows), y, Saved(rows));

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) =>
        Normalization.Infer(x, Tensors, ShapeOf(rows), y, Saved(rows));

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    ) => Normalization.Backward(x, Tensors, Saved(rows), dy, ShapeOf(rows), dx, ScaleGradient.Span, ShiftGradient.Span);
}
