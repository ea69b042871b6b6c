using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>A distribution of initial weights, such as <c>he_normal</c>.</summary>
[Catalogue("initializer")]
public abstract class Initializer
{
    private protected Initializer() { }

    /// <summary>Fills a weight.</summary>
    /// <param name="stream">The stream from which this weight's random numbers come; element i depends on the stream's number i.</param>
    /// <param name="shape">The weight's shape.</param>
    /// <param name="weights">The weight, row-major with outputs first.</param>
    internal abstract void Fill(RandomStream stream, WeightShape shape, Span<float> weights);

    /// <summary>Normal numbers of mean 0 and the given standard deviation.</summary>
    private protected static void FillNormal(RandomStream stream, double deviation, Span<float> weights)
    {
        stream.FillNormal(weights);
        for (var i = 0; i < weights.Length; i++)
            weights[i] *= (float)deviation;
    }

    /// <summary>Uniform numbers from −bound to bound.</summary>
    private protected static void FillUniform(RandomStream stream, double bound, Span<float> weights)
    {
        stream.FillUniform(weights);
        for (var i = 0; i < weights.Length; i++)
            weights[i] = ((2 * weights[i]) - 1) * (float)bound;
    }
}
