using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>Normal weights of variance <c>1/fan_in</c>.</summary>
/// <remarks>Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller: Efficient backprop. 1998.</remarks>
internal sealed class LecunNormalInitializer : Initializer
{
    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) =>
        FillNormal(stream, Math.Sqrt(1.0 / shape.FanIn), weights);
}
