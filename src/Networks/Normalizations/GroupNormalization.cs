using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// Group normalization, per row and group of neighbouring channels over their pixels: <c>y = γ·x̂ + β</c>,
/// <c>x̂ = (x − μ)/√(σ² + ε)</c>, with the group's mean μ and biased variance σ², γ and β per channel; the
/// same in training and inference.
/// </summary>
/// <remarks>Y. Wu, K. He: Group normalization. ECCV 2018; as PyTorch's GroupNorm.</remarks>
/// <param name="groups">The number of groups, at least 1; it divides the channels.</param>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal sealed class GroupNormalization(int groups, double epsilon = 1e-5) : GroupwiseNormalization(epsilon)
{
    private readonly int groups =
        groups >= 1
            ? groups
            : throw new ArgumentOutOfRangeException(nameof(groups), groups, "The groups of group must be at least 1.");

    internal override string? Misfit(FeatureShape shape) =>
        shape.Channels % groups == 0 ? base.Misfit(shape) : $"{groups} groups don't divide {shape.Channels} channels";

    private protected override int GroupsOf(int channels) => groups;
}
