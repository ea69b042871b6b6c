using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>Normal weights of variance <c>2/(fan_in + fan_out)</c>.</summary>
/// <remarks>X. Glorot, Y. Bengio: Understanding the difficulty of training deep feedforward neural networks. AISTATS 2010.</remarks>
internal sealed class XavierNormalInitializer : Initializer
{
    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) =>
        FillNormal(stream, Math.Sqrt(2.0 / (shape.FanIn + shape.FanOut)), weights);
}
