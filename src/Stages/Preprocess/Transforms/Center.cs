namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Subtracts each feature's mean: <c>y = x − μ</c>. Of images that is the mean image, as in Krizhevsky, Sutskever, Hinton 2012 (AlexNet).
/// </summary>
internal sealed class Center : Transform
{
    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) =>
        AffineMap.Identity(training.Features) with
        {
            Shift = training.Moments.Mean,
        };
}
