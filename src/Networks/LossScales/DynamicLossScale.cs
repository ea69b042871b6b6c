namespace Pipeline.Networks.LossScales;

/// <summary>
/// A scale as large as gradients allow: a step whose gradients are not all finite is skipped and the scale halved; after so many good steps
/// in a row it is doubled. One that would fall below 2⁻¹⁴, float16's smallest normal number, is 0: a gradient that is too large
/// for float16 even then is above 10⁹.
/// </summary>
/// <remarks>
/// As PyTorch's <c>GradScaler</c>, which has no smallest scale; fairseq stops at 10⁻⁴. A scale that would leave float32 stays as it is.
/// </remarks>
/// <param name="initial">The scale at first, from 2⁻¹⁴ to 2¹²⁶.</param>
/// <param name="interval">The good steps in a row after which it doubles, at least 1.</param>
internal sealed class DynamicLossScale(double initial = 65536, int interval = 200) : LossScale
{
    private const float Smallest = 1f / 16384;

    private readonly int interval =
        interval >= 1
            ? interval
            : throw new ArgumentOutOfRangeException(
                nameof(interval),
                interval,
                "The interval of a dynamic loss scale must be at least 1."
            );

    internal override float Initial { get; } = Checked(initial, Smallest, nameof(initial));

    internal override bool SkipsSteps => true;

    internal override LossScaleState After(LossScaleState state, bool isFinite)
    {
        if (!isFinite)
            return new(state.Scale / 2 >= Smallest ? state.Scale / 2 : 0, 0);
        if (state.GoodSteps + 1 < interval)
            return state with { GoodSteps = state.GoodSteps + 1 };
        return new(state.Scale <= Largest / 2 ? state.Scale * 2 : state.Scale, 0);
    }
}
