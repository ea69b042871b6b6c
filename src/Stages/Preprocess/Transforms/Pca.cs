using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Keeps the principal components of largest variance: <c>y = (x − μ)·U_k</c>. k is given as a whole number, or as the
/// share of the variance that they are to hold together at least.
/// </summary>
internal sealed class Pca : Transform
{
    private readonly double kept;

    /// <summary>What to keep.</summary>
    /// <param name="components">A whole number of components, from 1; or a share of the variance, between 0 and 1.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public Pca(double components)
    {
        if (!(components > 0) || (components >= 1 && components != Math.Floor(components)) || components > int.MaxValue)
            throw new ArgumentException(
                "pca(components) needs a whole number from 1, or a share of the variance between 0 and 1.",
                nameof(components)
            );
        kept = components;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape(IReadOnlyList<int> shape)
    {
        var features = PreparedDataHeader.FeaturesOf(shape);
        return kept <= features
            ? [kept < 1 ? features : (int)kept]
            : throw new InvalidDataException(
                $"pca asks for {kept:F0} components, but there are {features} features: ask for fewer."
            );
    }

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training)
    {
        var components = training.Components;
        var count = kept < 1 ? CountOfShare(components) : (int)kept;
        return count <= components.Rank
            ? components.Project(count, _ => 1)
            : throw new InvalidDataException(
                $"pca asks for {count} components, but the training rows vary along {components.Rank} only: ask for fewer."
            );
    }

    private int CountOfShare(PrincipalComponents components)
    {
        var total = 0.0;
        foreach (var variance in components.Variances)
            total += variance;
        var (sum, count) = (0.0, 0);
        while (count < components.Rank && (count == 0 || sum < kept * total))
            sum += components.Variances[count++];
        return Math.Max(1, count);
    }
}
