namespace Pipeline.Stages.Train;

/// <summary>A dynamic loss scale begins again at its initial value; without one nothing changes.</summary>
/// <param name="epoch">The epochs done before it, at least 1.</param>
internal sealed class ResetLossScale(int epoch) : RunEvent(epoch)
{
    /// <inheritdoc/>
    public override bool ResetsLossScale => true;

    /// <inheritdoc/>
    public override double LearningRate(double before) => before;
}
