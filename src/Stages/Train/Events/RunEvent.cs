using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>
/// Something that is changed in the middle of a run, such as <c>to_sgd(10, 0.1)</c>, before the first step after so many
/// epochs. The epoch is the first argument of every event.
/// </summary>
/// <param name="epoch">The epochs done before it, at least 1.</param>
[Catalogue("event")]
public abstract class RunEvent(int epoch)
{
    /// <summary>The epochs done before it, at least 1: what holds from the first step on is said by parameters.</summary>
    public int Epoch { get; } =
        epoch >= 1
            ? epoch
            : throw new ArgumentOutOfRangeException(
                nameof(epoch),
                epoch,
                "The epochs before an event must be at least 1."
            );

    /// <summary>The rule of the optimizer that begins, its state 0; null where the optimizer stays.</summary>
    public virtual Operation? Optimizer => null;

    /// <summary>Whether the loss scale begins again at its initial value.</summary>
    public virtual bool ResetsLossScale => false;

    /// <summary>The learning rate from then on, which schedules multiply as before.</summary>
    /// <param name="before">What it was until then.</param>
    public abstract double LearningRate(double before);

    private protected static double CheckedRate(double learningRate) =>
        (float)learningRate > 0 && float.IsFinite((float)learningRate)
            ? learningRate
            : throw new ArgumentOutOfRangeException(
                nameof(learningRate),
                learningRate,
                "The learning rate of an event must be greater than 0 and within float32."
            );
}
