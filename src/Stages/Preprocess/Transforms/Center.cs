namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Subtracts each feature's mean: <c>y = x − μ</c>.</summary>
internal sealed class Center : Transform
{
    /// <inheritdoc/>
    public override AffineMap Fit(FeatureMoments training) => AffineMap.Identity(training.Mean.Length) with { Shift = training.Mean };
}
