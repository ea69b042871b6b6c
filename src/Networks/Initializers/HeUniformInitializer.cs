using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>Uniform weights of variance <c>2/fan_in</c>: from −b to b, <c>b = √(6/fan_in)</c>.</summary>
/// <remarks>
/// K. He, X. Zhang, S. Ren, J. Sun: Delving deep into rectifiers. ICCV 2015. The gain √2 is for
/// rectifiers, whatever the activation.
/// </remarks>
internal sealed class HeUniformInitializer : Initializer
{
    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) =>
        FillUniform(stream, Math.Sqrt(6.0 / shape.FanIn), weights);
}
