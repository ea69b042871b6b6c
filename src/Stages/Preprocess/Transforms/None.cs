namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Leaves features as they are: <c>y = x</c>.</summary>
internal sealed class None : Transform
{
    /// <inheritdoc/>
    public override AffineMap Fit(FeatureMoments training) => AffineMap.Identity(training.Mean.Length);
}
