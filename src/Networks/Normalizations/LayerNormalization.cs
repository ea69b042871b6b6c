using Pipeline.Numerics;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// Layer normalization, per row over all its values: <c>y = γ·x̂ + β</c>, <c>x̂ = (x − μ)/√(σ² + ε)</c>, with the row's
/// mean μ and biased variance σ²; the same in training and inference. Images have a γ and a β per channel, as if in one
/// group of channels. With <c>g = γ·dy</c>, <c>dx = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε)</c>, <c>dγ = Σ dy·x̂</c>
/// and <c>dβ = Σ dy</c> over the rows in ascending order.
/// </summary>
/// <remarks>
/// J. L. Ba, J. R. Kiros, G. E. Hinton: Layer normalization. arXiv:1607.06450; as PyTorch's LayerNorm for features.
/// Sums over a row of features are ordered as in <see cref="Reduce"/>: feature j goes to lane j mod 16.
/// </remarks>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal sealed partial class LayerNormalization(double epsilon = 1e-5) : GroupwiseNormalization(epsilon)
{
    private protected override int GroupsOf(int channels) => 1;

    private protected override bool FusesProducts => true;

    internal override void ForwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        if (shape.Pixels > 1)
            base.ForwardReference(x, tensors, shape, y, saved);
        else
            ForwardRowsReference(x, tensors, shape, y);
    }

    internal override void BackwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    )
    {
        if (shape.Pixels > 1)
            base.BackwardReference(x, tensors, saved, dy, shape, dx, dscale, dshift);
        else
            BackwardRowsReference(x, tensors, dy, shape, dx, dscale, dshift);
    }
}
