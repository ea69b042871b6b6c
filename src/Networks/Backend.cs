using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks;

/// <summary>
/// Who computes training steps. All that decides what is computed (the network's description, initial weights, order of
/// batches, augmentation, schedules, probes, when a run has diverged) is the same for every backend and made outside
/// it; a backend begins a network and is then called step by step.
/// </summary>
/// <param name="Name">Its name, such as <c>managed</c>.</param>
/// <param name="Begin">A network at its initial weights. Called from several threads at once; networks share nothing.</param>
public sealed record Backend(string Name, Func<NetworkStart, ITrainableNetwork> Begin)
{
    /// <summary>The backend of <see cref="Network"/>: the same bits on every machine.</summary>
    public static Backend Managed { get; } =
        new(
            "managed",
            start => new Network(
                start.Description,
                start.InitialWeights,
                start.Optimizer,
                start.Loss,
                start.LargestBatch,
                start.Seed,
                start.Storage,
                start.LossScale
            )
            {
                MeasuresActivations = start.MeasuresActivations,
            }
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
)
{
    /// <summary>In what the products of linear layers and convolutions are computed.</summary>
    public Precision Precision { get; init; }

    /// <summary>In what weights, activations and gradients are kept. Another than float32 on the managed backend only.</summary>
    public Storage Storage { get; init; }

    /// <summary>The operation of the loss scale catalogue; null for none.</summary>
    public Operation? LossScale { get; init; }

    /// <summary>Whether steps tell <see cref="BatchResult.ActivationSquare"/>. Of the managed backend alone.</summary>
    public bool MeasuresActivations { get; init; }
}

/// <summary>
/// The format of the factors of matrix products. Weights, sums, normalizations, losses and updates
/// are float32 in any case.
/// </summary>
public enum Precision
{
    /// <summary>IEEE 754 binary32.</summary>
    Float32,

    /// <summary>The upper half of a float32: 8 bits of precision. Not on the managed backend.</summary>
    Bfloat16,
}
