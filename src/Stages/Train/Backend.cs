using System.Collections.ObjectModel;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>
/// Who computes training steps. All that decides what is computed — the network's description, initial weights, order of batches, augmentation, schedules,
/// probes, when a run has diverged — is the same for every backend and made outside it; a backend begins a network and is then called step by step.
/// </summary>
/// <param name="Name">Its name, such as <c>managed</c>.</param>
/// <param name="DependsOn">What its results depend on besides our code, from name to value, such as the version of a library or a device; part of a run's key.</param>
/// <param name="Begin">A network at its initial weights. Called from several threads at once; networks share nothing.</param>
public sealed record Backend(
    string Name,
    IReadOnlyDictionary<string, string> DependsOn,
    Func<NetworkStart, ITrainableNetwork> Begin
)
{
    /// <summary>The backend of <see cref="Network"/>: the same bits on every machine, so it depends on nothing else.</summary>
    public static Backend Managed { get; } =
        new(
            "managed",
            ReadOnlyDictionary<string, string>.Empty,
            start => new Network(
                start.Description,
                start.InitialWeights,
                start.Optimizer,
                start.Loss,
                start.LargestBatch,
                start.Seed
            )
        );
}

/// <summary>What a backend is told of a network.</summary>
/// <param name="Description">Its layers.</param>
/// <param name="InitialWeights">Its tensors at the start, in the order and layout of the description's; to be copied.</param>
/// <param name="Optimizer">How gradients become updates; the optimizer's state starts at 0.</param>
/// <param name="Loss">The operation of the loss catalogue that it minimizes.</param>
/// <param name="LargestBatch">The largest number of rows that it is handed at once.</param>
/// <param name="Seed">The seed of dropout masks.</param>
public sealed record NetworkStart(
    NetworkDescription Description,
    IReadOnlyList<NamedTensor> InitialWeights,
    OptimizerSettings Optimizer,
    Operation Loss,
    int LargestBatch,
    ulong Seed
);
