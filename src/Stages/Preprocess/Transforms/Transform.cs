namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>A step of preprocessing, fitted on the training split alone.</summary>
[Catalogue("transform")]
public abstract class Transform
{
    /// <summary>Fits the transform.</summary>
    /// <param name="training">Mean and standard deviation of the training rows as the step before left them.</param>
    /// <returns>The map to apply to every row.</returns>
    public abstract AffineMap Fit(FeatureMoments training);
}
