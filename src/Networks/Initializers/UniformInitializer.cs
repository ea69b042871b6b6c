using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>Uniform weights from −bound to bound in every layer, whatever its size.</summary>
/// <param name="bound">The bound, at least 0.</param>
internal sealed class UniformInitializer(double bound) : Initializer
{
    private readonly double bound = bound is >= 0 and <= float.MaxValue
        ? bound
        : throw new ArgumentOutOfRangeException(
            nameof(bound),
            bound,
            "The bound of uniform must be at least 0 and finite."
        );

    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) =>
        FillUniform(stream, bound, weights);
}
