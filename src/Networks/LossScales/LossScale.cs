namespace Pipeline.Networks.LossScales;

/// <summary>
/// By what the gradient of the loss is multiplied before the way back, such as <c>dynamic</c>, so that small gradients are not lost in a
/// narrow <see cref="Storage"/>; it is divided out in float32 before clipping. A rule has no state of its own: state goes in and out.
/// </summary>
/// <remarks>P. Micikevicius et al.: Mixed precision training. ICLR 2018.</remarks>
[Catalogue("loss_scale")]
public abstract class LossScale
{
    private protected LossScale() { }

    /// <summary>The scale at first, above 0; it and its reciprocal are float32 numbers.</summary>
    internal abstract float Initial { get; }

    /// <summary>Whether a step whose gradients are not all finite is skipped; otherwise it is taken as it is.</summary>
    internal virtual bool SkipsSteps => false;

    /// <summary>The scale of the next step.</summary>
    /// <param name="state">That of the step.</param>
    /// <param name="isFinite">Whether all of its gradients were finite.</param>
    internal virtual LossScaleState After(LossScaleState state, bool isFinite) => state;

    /// <summary>A scale as float32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than the smallest, or its reciprocal is no normal number.</exception>
    private protected static float Checked(double scale, float smallest, string name) =>
        (float)scale >= smallest && (float)scale <= Largest
            ? (float)scale
            : throw new ArgumentOutOfRangeException(
                name,
                scale,
                $"The {name} of a loss scale must be from {smallest:R} to {Largest:R}."
            );

    private protected const float Largest = 8.507059e37f; // 2¹²⁶
    private protected const float SmallestNormal = 1.17549435e-38f; // 2⁻¹²⁶
}
