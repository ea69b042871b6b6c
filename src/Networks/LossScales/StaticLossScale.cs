namespace Pipeline.Networks.LossScales;

/// <summary>One scale for the whole training. Gradients that are not finite reach the weights.</summary>
/// <param name="scale">The scale, from 2⁻¹²⁶ to 2¹²⁶.</param>
internal sealed class StaticLossScale(double scale) : LossScale
{
    internal override float Initial { get; } = Checked(scale, SmallestNormal, nameof(scale));
}
