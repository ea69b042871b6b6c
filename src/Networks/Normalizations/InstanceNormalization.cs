using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// Instance normalization, per row and channel over its pixels: <c>y = γ·x̂ + β</c>, <c>x̂ = (x − μ)/√(σ² + ε)</c>,
/// with the channel's mean μ and biased variance σ²; the same in training and inference.
/// </summary>
/// <remarks>
/// D. Ulyanov, A. Vedaldi, V. Lempitsky: Instance normalization. arXiv:1607.08022; as PyTorch's
/// InstanceNorm2d without running statistics.
/// </remarks>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal sealed class InstanceNormalization(double epsilon = 1e-5) : GroupwiseNormalization(epsilon)
{
    internal override string? Misfit(FeatureShape shape) =>
        shape.IsImage ? null : "a channel needs more than one pixel, since a single value has no variance";

    private protected override int GroupsOf(int channels) => channels;
}
