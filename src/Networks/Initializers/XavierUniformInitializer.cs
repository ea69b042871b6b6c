using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>Uniform weights of variance <c>2/(fan_in + fan_out)</c>: from −b to b, <c>b = √(6/(fan_in + fan_out))</c>.</summary>
/// <remarks>X. Glorot, Y. Bengio: Understanding the difficulty of training deep feedforward neural networks. AISTATS 2010.</remarks>
internal sealed class XavierUniformInitializer : Initializer
{
    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) =>
        FillUniform(stream, Math.Sqrt(6.0 / (shape.FanIn + shape.FanOut)), weights);
}
