using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>All that changes while a run trains, between two of its steps.</summary>
/// <param name="Now">Where it stands.</param>
/// <param name="Steps">The steps done, those that a restart made worthless included.</param>
/// <param name="Curves">A number an epoch done by name.</param>
/// <param name="Network">The network.</param>
/// <param name="Probes">What was measured in it.</param>
/// <param name="Restarts">What restarts remember; null where the run has none.</param>
/// <param name="Best">The best epoch so far; null where the run looks for none, or has none yet.</param>
internal sealed record RunState(
    EpochSoFar Now,
    int Steps,
    SortedDictionary<string, List<double>> Curves,
    NetworkState Network,
    ProbeState Probes,
    RestartState? Restarts,
    BestEpoch? Best
);

/// <summary>Where a run stands in an epoch.</summary>
/// <param name="Epoch">The epochs done.</param>
/// <param name="Step">The steps done of the one that has begun.</param>
/// <param name="Loss">The sum of their mean losses.</param>
/// <param name="Correct">The rows that they got right.</param>
/// <param name="Squares">The sum of their mean squares of activations.</param>
internal readonly record struct EpochSoFar(int Epoch, int Step, double Loss, int Correct, double Squares)
{
    /// <summary>The start of the epoch after so many.</summary>
    public static EpochSoFar After(int epochs) => new(epochs, 0, 0, 0, 0);

    /// <summary>One step further.</summary>
    public EpochSoFar Add(BatchResult result) =>
        new(Epoch, Step + 1, Loss + result.MeanLoss, Correct + result.Correct, Squares + result.ActivationSquare);
}

/// <summary>What was measured inside a network so far.</summary>
/// <param name="Results">What is done.</param>
/// <param name="Open">Moments whose following steps are still looked at.</param>
internal sealed record ProbeState(IReadOnlyList<LayerProbe> Results, IReadOnlyList<OpenMoment> Open);

/// <summary>A moment at which probes look at a network and at the steps that follow.</summary>
/// <param name="Epoch">The epochs done then.</param>
/// <param name="LossScale">The loss scale of the step that followed.</param>
/// <param name="Weights">The network's tensors then, and after each step that followed.</param>
internal sealed record OpenMoment(int Epoch, float LossScale, IReadOnlyList<IReadOnlyList<NamedTensor>> Weights);

/// <summary>What restarts remember.</summary>
/// <param name="Factor">What the learning rate is multiplied by.</param>
/// <param name="Lowest">The lowest training loss of an epoch.</param>
/// <param name="History">The restarts so far.</param>
/// <param name="Healthy">Where the next one goes on from.</param>
internal sealed record RestartState(
    double Factor,
    double Lowest,
    IReadOnlyList<RunRestart> History,
    HealthyEpoch Healthy
);
