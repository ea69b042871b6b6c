using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>
/// Where a run that diverges goes on: from the end of the last healthy epoch, or from the initial weights where there is none,
/// with a smaller learning rate. Healthy is one whose training loss was lower than in every epoch before it, and whose last
/// steps did no harm that the loss before them doesn't show: the validation loss at its end is not above that of the initial
/// weights.
/// </summary>
/// <param name="settings">How often, and how much smaller.</param>
internal sealed class Restarts(RestartSettings settings)
{
    private readonly List<RunRestart> history = [];
    private HealthyEpoch healthy = null!;
    private double lowest = double.PositiveInfinity;
    private double initial;

    /// <summary>The restarts so far, in their order.</summary>
    public IReadOnlyList<RunRestart> History => history;

    /// <summary>What the learning rate is multiplied by, 1 at first.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>Remembers the run as it is before the first step.</summary>
    /// <param name="validation">Its validation loss.</param>
    /// <param name="network">The network.</param>
    /// <param name="probes">What was measured in it.</param>
    public void Begin(double validation, ITrainableNetwork network, RunProbes probes) =>
        (initial, healthy) = (validation, new(0, lowest, network.Save(), probes.Save(), Best: null));

    /// <summary>Remembers the run as it is after some epochs, if it is healthy.</summary>
    /// <param name="epochs">The number of epochs done, at least 1.</param>
    /// <param name="loss">The training loss of the last of them.</param>
    /// <param name="validation">The validation loss at its end.</param>
    /// <param name="network">The network.</param>
    /// <param name="probes">What was measured in it.</param>
    /// <param name="best">The best epoch so far; null where the run looks for none.</param>
    public void AfterEpoch(
        int epochs,
        double loss,
        double validation,
        ITrainableNetwork network,
        RunProbes probes,
        BestEpoch? best
    )
    {
        if (loss >= lowest)
            return;
        lowest = loss;
        if (!(validation > initial))
            healthy = new(epochs, loss, network.Save(), probes.Save(), best);
    }

    /// <summary>All that is remembered, but for the loss before the first step.</summary>
    public RestartState Save() => new(Factor, lowest, [.. history], healthy);

    /// <summary>Goes back to what was remembered at a time.</summary>
    public void Restore(RestartState state)
    {
        (Factor, lowest, healthy) = (state.Factor, state.Lowest, state.Healthy);
        history.Clear();
        history.AddRange(state.History);
    }

    /// <summary>Where to go on after a divergence, or null where there were as many restarts as there may be.</summary>
    /// <param name="epoch">The number of the epoch that diverged, from 1.</param>
    /// <param name="steps">The steps taken, lost ones too.</param>
    /// <param name="reason">How it diverged.</param>
    public HealthyEpoch? Next(int epoch, int steps, string reason)
    {
        if (history.Count == settings.AtMost)
            return null;
        lowest = healthy.Loss;
        Factor *= settings.LearningRate;
        history.Add(
            new()
            {
                Epoch = epoch,
                Step = steps,
                Reason = reason,
                From = healthy.Epochs,
                Factor = Factor,
            }
        );
        return healthy;
    }
}

/// <summary>What a run does when it diverges.</summary>
/// <param name="LearningRate">What the learning rate is multiplied by at each restart, greater than 0 and at most 1.</param>
/// <param name="AtMost">The most restarts, at least 1.</param>
internal sealed record RestartSettings(double LearningRate, int AtMost);

/// <summary>A run at the end of an epoch.</summary>
/// <param name="Epochs">The epochs done.</param>
/// <param name="Loss">The lowest training loss of them; infinite where there are none.</param>
/// <param name="Network">The network's state.</param>
/// <param name="Probes">What was measured in it.</param>
/// <param name="Best">The best epoch so far; null where the run looks for none, or has none yet.</param>
internal sealed record HealthyEpoch(int Epochs, double Loss, NetworkState Network, ProbeState Probes, BestEpoch? Best);
