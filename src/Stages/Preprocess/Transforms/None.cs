namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Leaves features as they are: <c>y = x</c>.</summary>
internal sealed class None : Transform
{
    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) => new Reshaping(training.Shape);
}
