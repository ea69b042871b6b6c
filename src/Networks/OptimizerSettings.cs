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

    /// <summary>Makes sure that weight decay and clipping are in range.</summary>
    /// <exception cref="ArgumentException">One isn't.</exception>
    public static void Check(OptimizerSettings settings)
    {
        if (!(settings.WeightDecay >= 0 && float.IsFinite((float)settings.WeightDecay)))
            throw new ArgumentException(
                $"A weight decay must be finite and at least 0, not {settings.WeightDecay}.",
                nameof(settings)
            );
        if (!((float)settings.ClipNorm > 0))
            throw new ArgumentException(
                $"The norm to which gradients are clipped must be greater than 0, not {settings.ClipNorm}.",
                nameof(settings)
            );
    }
}
