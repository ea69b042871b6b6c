using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Makes features uncorrelated and of variance 1: <c>y = (x − μ)·U·diag(1/√(λ + ε))</c>, by falling variance λ, with
/// n − 1 as divisor. With ε = 0 components without variance become 0.
/// </summary>
internal sealed class WhitenPca : Transform
{
    private readonly double epsilon;

    /// <summary>The regularization.</summary>
    /// <param name="epsilon">ε, at least 0, in squared units of the features: what keeps directions of little variance small.</param>
    /// <exception cref="ArgumentException">ε is negative.</exception>
    public WhitenPca(double epsilon = 1e-5) =>
        this.epsilon =
            epsilon >= 0
                ? epsilon
                : throw new ArgumentException(
                    "whiten_pca(epsilon) needs a number that is at least 0.",
                    nameof(epsilon)
                );

    /// <inheritdoc/>
    public override IReadOnlyList<int> Shape(IReadOnlyList<int> shape) => [PreparedDataHeader.FeaturesOf(shape)];

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) =>
        training.Components.Project(training.Features, variance => training.Components.Whitening(variance, epsilon));
}
