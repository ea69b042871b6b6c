using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>The same value for every weight: units of a layer stay equal for ever.</summary>
/// <param name="value">The value, finite.</param>
internal sealed class ConstantInitializer(double value) : Initializer
{
    private readonly float value = float.IsFinite((float)value)
        ? (float)value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The value of constant must be finite.");

    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) => weights.Fill(value);
}
