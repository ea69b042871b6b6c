namespace Pipeline.Networks.Normalizations;

/// <summary>
/// Root-mean-square normalization, per row over all its values: <c>y = γ·x̂</c>, <c>x̂ = x/√(mean(x²) + ε)</c>, γ per
/// channel; the same in training and inference. Nothing is subtracted and nothing added.
/// </summary>
/// <remarks>B. Zhang, R. Sennrich: Root mean square layer normalization. NeurIPS 2019.</remarks>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal sealed class RmsNormalization(double epsilon = 1e-5) : GroupwiseNormalization(epsilon)
{
    internal override bool HasShift => false;

    private protected override bool IsCentered => false;

    private protected override int GroupsOf(int channels) => 1;
}
