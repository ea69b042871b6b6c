using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks;

/// <summary>How gradients become updates.</summary>
/// <param name="Rule">The operation of the optimizer catalogue.</param>
public sealed record OptimizerSettings(Operation Rule)
{
    /// <summary>
    /// λ, at least 0: λ·w is added to the gradient of every parameter, or, where the rule decouples it, η·λ·w is
    /// subtracted from the parameter first.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// The largest norm of the gradient of all parameters together, greater than 0: a longer gradient is shortened to
    /// it, before weight decay. Infinite for any.
    /// </summary>
    public double ClipNorm { get; init; } = double.PositiveInfinity;
}
