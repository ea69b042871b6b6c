using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>Gradient descent with momentum takes over; weight decay and clipping stay.</summary>
/// <param name="epoch">The epochs done before it, at least 1.</param>
/// <param name="learningRate">Its learning rate, greater than 0 and within float32.</param>
/// <param name="momentum">μ, at least 0 and less than 1.</param>
internal sealed class ToSgd(int epoch, double learningRate, double momentum = 0) : RunEvent(epoch)
{
    private readonly double learningRate = CheckedRate(learningRate);

    /// <inheritdoc/>
    public override Operation Optimizer { get; } =
        momentum >= 0 && (float)momentum < 1
            ? Operation.Of("sgd", momentum)
            : throw new ArgumentOutOfRangeException(
                nameof(momentum),
                momentum,
                "The momentum of to_sgd must be at least 0 and less than 1."
            );

    /// <inheritdoc/>
    public override double LearningRate(double before) => learningRate;
}
