namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Gives each feature mean 0 and standard deviation 1: <c>y = (x − μ)/σ</c>, σ with the number of rows as divisor.
/// A feature that is constant on the training split is centered only.
/// </summary>
internal sealed class Standardize : Transform
{
    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training)
    {
        var moments = training.Moments;
        return new AffineMap(
            moments.Mean,
            Array.ConvertAll(moments.Deviation, deviation => deviation == 0 ? 1 : 1 / deviation)
        );
    }
}
