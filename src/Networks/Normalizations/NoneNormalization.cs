namespace Pipeline.Networks.Normalizations;

/// <summary>No normalization, <c>y = x</c>.</summary>
internal sealed class NoneNormalization : Normalization
{
    internal override bool HasScale => false;

    internal override bool HasShift => false;

    internal override int SavedLength(BatchShape shape) => 0;

    internal override void Forward(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    ) => x.CopyTo(y);

    internal override void Backward(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    ) => dy.CopyTo(dx);

    internal override void Infer(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    ) => x.CopyTo(y);

    internal override void ForwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    ) => x.CopyTo(y);

    internal override void BackwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    ) => dy.CopyTo(dx);

    internal override void InferReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    ) => x.CopyTo(y);
}
