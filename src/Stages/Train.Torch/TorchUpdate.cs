using Pipeline.Networks;
using static TorchSharp.torch;

namespace Pipeline.Stages.Train.Torch;

/// <summary>
/// An update of all parameters, which lie in one piece: clipping, weight decay, then the
/// optimizer's rule with its state.
/// </summary>
internal sealed class TorchUpdate : IDisposable
{
    private readonly TorchOptimizer optimizer;
    private readonly float weightDecay,
        clipNorm;
    private readonly int before;

    /// <param name="settings">The settings.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="steps">The steps of the network so far.</param>
    /// <param name="updates">Those of them that these settings made.</param>
    /// <exception cref="ArgumentException">A setting is out of range, or the rule is not in its catalogue.</exception>
    /// <exception cref="TorchException">The rule has no torch form.</exception>
    public TorchUpdate(OptimizerSettings settings, Tensor parameters, int steps = 0, int updates = 0)
    {
        OptimizerSettings.Check(settings);
        optimizer = TorchOptimizers.Table.Create(settings.Rule);
        (weightDecay, clipNorm) = ((float)settings.WeightDecay, (float)settings.ClipNorm);
        (Settings, NextUpdate, before) = (settings, updates + 1, steps - updates);
        State = new Tensor[optimizer.StatePerParameter];
        for (var i = 0; i < State.Length; i++)
            State[i] = parameters.zeros_like().DetachFromDisposeScope();
    }

    /// <summary>What the rule keeps, as long as the parameters each.</summary>
    public Tensor[] State { get; }

    /// <summary>The settings.</summary>
    public OptimizerSettings Settings { get; }

    /// <summary>The number of the network's coming step, from 1.</summary>
    public int NextStep => before + NextUpdate;

    /// <summary>The number of the coming step among those of these settings, from 1.</summary>
    public int NextUpdate { get; private set; }

    /// <summary>Updates the parameters; the gradient is changed on the way.</summary>
    public void Step(Tensor gradient, float learningRate, Tensor parameters)
    {
        if (!float.IsPositiveInfinity(clipNorm))
            Clip(gradient);
        if (weightDecay > 0)
        {
            if (optimizer.DecouplesWeightDecay)
                parameters.add_(parameters, alpha: -(learningRate * weightDecay));
            else
                gradient.add_(parameters, alpha: weightDecay);
        }
        optimizer.Step(gradient, learningRate, NextUpdate++, State, parameters);
    }

    public void Dispose()
    {
        foreach (var tensor in State)
            tensor.Dispose();
    }

    // The factor stays on the device: to look at it would wait for all that is under way there.
    private void Clip(Tensor gradient) => gradient.mul_((clipNorm / (gradient.norm() + 1e-6f)).clamp_(max: 1));
}
