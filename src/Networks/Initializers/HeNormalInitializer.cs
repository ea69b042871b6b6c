using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>Normal weights of variance <c>2/fan_in</c>.</summary>
/// <remarks>
/// K. He, X. Zhang, S. Ren, J. Sun: Delving deep into rectifiers. ICCV 2015. The gain √2 is for
/// rectifiers, whatever the activation.
/// </remarks>
internal sealed class HeNormalInitializer : Initializer
{
    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) =>
        FillNormal(stream, Math.Sqrt(2.0 / shape.FanIn), weights);
}
