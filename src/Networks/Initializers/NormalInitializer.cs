using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>Normal weights of the same standard deviation in every layer, whatever its size.</summary>
/// <param name="deviation">The standard deviation, at least 0.</param>
internal sealed class NormalInitializer(double deviation) : Initializer
{
    private readonly double deviation = deviation is >= 0 and <= float.MaxValue
        ? deviation
        : throw new ArgumentOutOfRangeException(
            nameof(deviation),
            deviation,
            "The standard deviation of normal must be at least 0 and finite."
        );

    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) =>
        FillNormal(stream, deviation, weights);
}
