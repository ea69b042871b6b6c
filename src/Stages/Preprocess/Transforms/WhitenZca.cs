using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Makes features uncorrelated and of variance 1 while it changes them as little as possible, so that images stay images:
/// <c>y = (x − μ)·U·diag(1/√(λ + ε))·Uᵀ</c>. With ε = 0 directions without variance become 0. Bell, Sejnowski 1997.
/// </summary>
internal sealed class WhitenZca : Transform
{
    private readonly double epsilon;

    /// <summary>The regularization.</summary>
    /// <param name="epsilon">ε, at least 0, in squared units of the features: what keeps directions of little variance small.</param>
    /// <exception cref="ArgumentException">ε is negative.</exception>
    public WhitenZca(double epsilon = 1e-5) =>
        this.epsilon =
            epsilon >= 0
                ? epsilon
                : throw new ArgumentException(
                    "whiten_zca(epsilon) needs a number that is at least 0.",
                    nameof(epsilon)
                );

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training)
    {
        var (components, n) = (training.Components, training.Features);
        var whitening = components.Project(n, variance => components.Whitening(variance, epsilon)).Matrix;
        var matrix = new double[n * n];
        var workspace = new GemmWorkspace();
        Gemm.Multiply(
            GemmForm.NT,
            n,
            n,
            n,
            whitening,
            n,
            components.Vectors,
            n,
            matrix,
            n,
            accumulate: false,
            workspace
        );
        return new LinearMap(components.Mean, matrix, training.Shape);
    }
}
