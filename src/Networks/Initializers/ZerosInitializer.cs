using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>All weights 0: every unit of a layer stays like every other.</summary>
internal sealed class ZerosInitializer : Initializer
{
    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights) => weights.Clear();
}
