using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>
/// Output i repeats input i, as far as there are as many: 1 on the diagonal, 0 elsewhere; of a convolution's kernel at
/// (⌊kernel/2⌋, ⌊kernel/2⌋), the middle.
/// </summary>
/// <remarks>As PyTorch's <c>eye_</c> and <c>dirac_</c>.</remarks>
internal sealed class IdentityInitializer : Initializer
{
    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights)
    {
        var side = (int)Math.Sqrt(shape.Kernel);
        var middle = (side / 2 * side) + (side / 2);
        weights.Clear();
        for (var i = 0; i < Math.Min(shape.Outputs, shape.Inputs); i++)
            weights[(((i * shape.Inputs) + i) * shape.Kernel) + middle] = 1;
    }
}
