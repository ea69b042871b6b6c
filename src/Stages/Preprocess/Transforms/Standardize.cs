namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Gives each feature mean 0 and standard deviation 1: <c>y = (x − μ)/σ</c>, σ with the number of rows as divisor.
/// A feature that is constant on the training split is centered only.
/// </summary>
internal sealed class Standardize : Transform
{
    /// <inheritdoc/>
    public override AffineMap Fit(FeatureMoments training)
    {
        var scale = new double[training.Mean.Length];
        // A constant feature's deviation is exactly 0: the float64 sum of equal float32 values is exact for up to 2²⁹ rows.
        for (var j = 0; j < scale.Length; j++)
            scale[j] = training.Deviation[j] == 0 ? 1 : 1 / training.Deviation[j];
        return new(training.Mean, scale);
    }
}
