namespace Pipeline.Networks.Optimizers;

/// <summary>
/// A rule by which gradients change parameters, such as <c>sgd(0.9)</c>. It has no state of its
/// own: state goes in and out.
/// </summary>
[Catalogue("optimizer")]
public abstract class Optimizer
{
    private protected Optimizer() { }

    /// <summary>The number of values that the optimizer keeps per parameter, 0 at first.</summary>
    internal abstract int StatePerParameter { get; }

    /// <summary>Whether weight decay changes parameters by itself instead of through the gradient.</summary>
    internal virtual bool DecouplesWeightDecay => false;

    /// <summary>Updates all parameters of a network, which lie in one piece.</summary>
    /// <param name="gradient">The gradient of the loss.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="step">The number of this update, from 1.</param>
    /// <param name="state">
    /// The optimizer's state: <see cref="StatePerParameter"/> pieces as long as the gradient, one behind the other.
    /// </param>
    /// <param name="parameters">The parameters.</param>
    internal abstract void Step(
        ReadOnlySpan<float> gradient,
        float learningRate,
        int step,
        Span<float> state,
        Span<float> parameters
    );

    /// <summary><see cref="Step"/> one parameter at a time, to the same bits: the reference for tests.</summary>
    internal abstract void StepReference(
        ReadOnlySpan<float> gradient,
        float learningRate,
        int step,
        Span<float> state,
        Span<float> parameters
    );
}
