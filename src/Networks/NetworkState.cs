using Pipeline.Networks.LossScales;

namespace Pipeline.Networks;

/// <summary>
/// All that changes while a network trains: from the same state, the same batches lead to the same weights, on the managed
/// backend bit for bit. A copy, which training on leaves alone.
/// </summary>
/// <param name="Tensors">Weights and running statistics, in the order and layout of the description's tensors.</param>
/// <param name="Optimizer">How gradients become updates.</param>
/// <param name="Moments">
/// What the optimizer keeps: its pieces (one of momentum, two of Adam), each named and laid out as the trained tensors.
/// </param>
/// <param name="Steps">The training steps done, from which dropout masks follow.</param>
/// <param name="Updates">Those done by this optimizer: at most <paramref name="Steps"/>.</param>
/// <param name="Scale">The loss scale of the coming step.</param>
/// <param name="SkippedSteps">The steps that a dynamic loss scale skipped.</param>
public sealed record NetworkState(
    IReadOnlyList<NamedTensor> Tensors,
    OptimizerSettings Optimizer,
    IReadOnlyList<IReadOnlyList<NamedTensor>> Moments,
    int Steps,
    int Updates,
    LossScaleState Scale,
    int SkippedSteps
);
