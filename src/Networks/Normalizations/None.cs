namespace Pipeline.Networks;

/// <summary>No normalization, <c>y = x</c>.</summary>
internal sealed class None : Normalization
{
    internal override bool HasScaleAndShift => false;

    internal override bool HasRunningStatistics => false;

    internal override int SavedLength(int rows, int features) => 0;

    internal override void Forward(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y, Span<float> saved) =>
        x.CopyTo(y);

    internal override void Backward(
        ReadOnlySpan<float> x, NormalizationTensors tensors, ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, int rows, int features,
        Span<float> dx, Span<float> dscale, Span<float> dshift) => dy.CopyTo(dx);

    internal override void Infer(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y) => x.CopyTo(y);

    internal override void ForwardReference(
        ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y, Span<float> saved) => x.CopyTo(y);

    internal override void BackwardReference(
        ReadOnlySpan<float> x, NormalizationTensors tensors, ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, int rows, int features,
        Span<float> dx, Span<float> dscale, Span<float> dshift) => dy.CopyTo(dx);

    internal override void InferReference(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y) => x.CopyTo(y);
}
