using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>
/// Normal weights of the same standard deviation in every layer, none beyond two of them: the tails are cut off, which
/// leaves a deviation of 0.88 times that.
/// </summary>
/// <param name="deviation">The standard deviation of the whole distribution, at least 0.</param>
internal sealed class TruncatedNormalInitializer(double deviation) : Initializer
{
    /// <summary>The probability of a number below −2.</summary>
    private const float LowerTail = 0.022750132f;

    private readonly float deviation = deviation is >= 0 and <= float.MaxValue
        ? (float)deviation
        : throw new ArgumentOutOfRangeException(
            nameof(deviation),
            deviation,
            "The standard deviation of truncated_normal must be at least 0 and finite."
        );

    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights)
    {
        stream.FillUniform(weights);
        for (var i = 0; i < weights.Length; i++)
            weights[i] =
                Math.Clamp(Float32.NormalQuantile(LowerTail + (weights[i] * (1 - (2 * LowerTail)))), -2, 2) * deviation;
    }
}
