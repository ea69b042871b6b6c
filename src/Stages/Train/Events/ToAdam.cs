using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>Adam takes over, β₁ being 0.9, β₂ 0.999 and ε 10⁻⁸; weight decay and clipping stay.</summary>
/// <param name="epoch">The epochs done before it, at least 1.</param>
/// <param name="learningRate">Its learning rate, greater than 0 and within float32.</param>
internal sealed class ToAdam(int epoch, double learningRate) : RunEvent(epoch)
{
    private readonly double learningRate = CheckedRate(learningRate);

    /// <inheritdoc/>
    public override Operation Optimizer { get; } = Operation.Of("adam");

    /// <inheritdoc/>
    public override double LearningRate(double before) => learningRate;
}
