namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Gives each feature mean 0 and standard deviation 1: <c>y = (x − μ)/σ</c>, σ with the number of rows as divisor.
/// A feature that is constant on the training split is centered only.
/// </summary>
internal sealed class Standardize : Transform
{
    // A constant feature's deviation is rounding error of its mean; it must not be blown up.
    private const double RelativeRounding = 1e-12;

    /// <inheritdoc/>
    public override AffineMap Fit(FeatureMoments training)
    {
        var scale = new double[training.Mean.Length];
        for (var j = 0; j < scale.Length; j++)
            scale[j] = training.Deviation[j] <= RelativeRounding * Math.Abs(training.Mean[j]) ? 1 : 1 / training.Deviation[j];
        return new(training.Mean, scale);
    }
}
