using System.Runtime.CompilerServices;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Initializers;
using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>
/// Where values lie. Descriptions have them as PyTorch does: weights with outputs first, images channel after channel.
/// The managed backend has outputs and channels last, so that vectors run across them.
/// </summary>
internal static class Layout
{
    /// <summary>A weight of [outputs, inputs, …] as [… , inputs, outputs]; any other tensor as it is.</summary>
    public static void OutputsLast(TensorDescription tensor, ReadOnlySpan<float> x, Span<float> y)
    {
        var (outputs, inputs, kernel) = Sizes(tensor);
        Reverse(x, outputs, inputs, kernel, y);
    }

    /// <summary>The inverse of <see cref="OutputsLast"/>.</summary>
    public static void OutputsFirst(TensorDescription tensor, ReadOnlySpan<float> x, Span<float> y)
    {
        var (outputs, inputs, kernel) = Sizes(tensor);
        Reverse(x, kernel, inputs, outputs, y);
    }

    /// <summary>Images of [rows, channels, pixels] as [rows, pixels, channels].</summary>
    public static void ChannelsLast(ReadOnlySpan<float> x, int rows, FeatureShape shape, Span<float> y) =>
        Transpose(x, rows, shape.Channels, shape.Pixels, y);

    /// <summary>Images of [rows, pixels, channels] as [rows, channels, pixels].</summary>
    public static void ChannelsFirst(ReadOnlySpan<float> x, int rows, FeatureShape shape, Span<float> y) =>
        Transpose(x, rows, shape.Pixels, shape.Channels, y);

    private static void Transpose(ReadOnlySpan<float> x, int rows, int m, int n, Span<float> y)
    {
        if (m == 1 || n == 1)
        {
            x.CopyTo(y);
            return;
        }
        for (var at = 0; at < rows * m * n; at += m * n)
            GemmPacking.Transpose(m, n, x.Slice(at, m * n), y.Slice(at, m * n));
    }

    /// <summary>y[k, j, i] = x[i, j, k], of [a, b, c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reverse(ReadOnlySpan<float> x, int a, int b, int c, Span<float> y)
    {
        for (var i = 0; i < a; i++)
        {
            for (var j = 0; j < b; j++)
            {
                for (var k = 0; k < c; k++)
                    y[(((k * b) + j) * a) + i] = x[(((i * b) + j) * c) + k];
            }
        }
    }

    private static WeightShape Sizes(TensorDescription tensor) =>
        tensor.Shape.Count < 2 ? new(1, 1, tensor.Length) : WeightShape.Of(tensor);
}
