using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Initializers;

/// <summary>
/// A random orthogonal matrix [outputs, fan_in] times a gain: its rows are orthonormal, or, where it has more rows than
/// columns, its columns. Made of normal numbers by the modified Gram–Schmidt process in float64; the diagonal of its R
/// is positive, so that the distribution is uniform (Haar).
/// </summary>
/// <remarks>
/// A. M. Saxe, J. L. McClelland, S. Ganguli: Exact solutions to the nonlinear dynamics of learning in deep
/// linear neural networks. ICLR 2014.
/// </remarks>
/// <param name="gain">The gain, at least 0.</param>
internal sealed class OrthogonalInitializer(double gain = 1) : Initializer
{
    private readonly double gain = gain is >= 0 and <= float.MaxValue
        ? gain
        : throw new ArgumentOutOfRangeException(
            nameof(gain),
            gain,
            "The gain of orthogonal must be at least 0 and finite."
        );

    internal override void Fill(RandomStream stream, WeightShape shape, Span<float> weights)
    {
        stream.FillNormal(weights);
        var (length, count) = (Math.Max(shape.Outputs, shape.FanIn), Math.Min(shape.Outputs, shape.FanIn));
        var isWide = shape.Outputs < shape.FanIn;

        // The vectors to make orthonormal are the columns here, in whole vectors of lanes; those left over are 0.
        var stride = (count + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;
        var columns = new double[length * stride];
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j < count; j++)
                columns[(i * stride) + j] = weights[isWide ? (j * length) + i : (i * count) + j];
        }
        Orthonormalize(columns, length, count, stride);
        for (var i = 0; i < length; i++)
        {
            for (var j = 0; j < count; j++)
                weights[isWide ? (j * length) + i : (i * count) + j] = (float)(gain * columns[(i * stride) + j]);
        }
    }

    private static void Orthonormalize(double[] columns, int length, int count, int stride)
    {
        ref var c0 = ref MemoryMarshal.GetArrayDataReference(columns);
        for (var j = 0; j < count; j++)
        {
            var square = 0.0;
            for (var i = 0; i < length; i++)
                square = Math.FusedMultiplyAdd(columns[(i * stride) + j], columns[(i * stride) + j], square);
            var norm = Math.Sqrt(square);
            for (var i = 0; i < length; i++)
                columns[(i * stride) + j] /= norm;

            // Column j is taken out of all behind it; of those before it nothing is left in it, to rounding.
            for (
                var k = (j + 1) / Vector512<double>.Count * Vector512<double>.Count;
                k < stride;
                k += Vector512<double>.Count
            )
            {
                var products = Vector512<double>.Zero;
                for (var i = 0; i < length; i++)
                    products = Vector512.FusedMultiplyAdd(
                        Vector512.LoadUnsafe(ref c0, (nuint)((i * stride) + k)),
                        Vector512.Create(columns[(i * stride) + j]),
                        products
                    );
                var isBehind = Vector512.GreaterThan(
                    Vector512<long>.Indices + Vector512.Create((long)k),
                    Vector512.Create((long)j)
                );
                products &= isBehind.AsDouble();
                for (var i = 0; i < length; i++)
                {
                    var at = (nuint)((i * stride) + k);
                    Vector512
                        .FusedMultiplyAdd(
                            -products,
                            Vector512.Create(columns[(i * stride) + j]),
                            Vector512.LoadUnsafe(ref c0, at)
                        )
                        .StoreUnsafe(ref c0, at);
                }
            }
        }
    }
}
