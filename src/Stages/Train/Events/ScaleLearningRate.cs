namespace Pipeline.Stages.Train;

/// <summary>The learning rate is multiplied by a factor: η ← factor·η.</summary>
/// <param name="epoch">The epochs done before it, at least 1.</param>
/// <param name="factor">The factor, greater than 0 and within float32.</param>
internal sealed class ScaleLearningRate(int epoch, double factor) : RunEvent(epoch)
{
    private readonly double factor =
        (float)factor > 0 && float.IsFinite((float)factor)
            ? factor
            : throw new ArgumentOutOfRangeException(
                nameof(factor),
                factor,
                "The factor of scale_learning_rate must be greater than 0 and within float32."
            );

    /// <inheritdoc/>
    public override double LearningRate(double before) => factor * before;
}
