using System.Runtime.InteropServices;

namespace Pipeline.Numerics.Tests;

/// <summary>Every variant of a convolution and its gradients that this machine has, against the definition, bit by bit.</summary>
public sealed class ConvolutionVariantTests
{
    private static readonly int[] ChannelsIn = [1, 2, 3, 5, 8, 16, 17];
    private static readonly int[] ChannelsOut = [1, 2, 7, 8, 16, 17, 31, 32, 33, 48, 65];

    private readonly GemmWorkspace workspace = new();

    public static TheoryData<int> Kernels() => [1, 2, 3, 4, 5];

    public static TheoryData<int> ManyChannels() => [.. ChannelsOut];

    private static IEnumerable<GemmVariant> Variants =>
        Enum.GetValues<GemmVariant>().Where(v => v <= GemmVariants.Best);

    /// <summary>With every stride and padding.</summary>
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_image_up_to_9_by_9_gives_the_bits_of_the_definition(int kernel)
    {
        for (var (at, places) = (0, 9 * 9 * 3 * kernel); at < places; at++)
        {
            var (height, width, stride, padding) = (1 + (at % 9), 1 + (at / 9 % 9), 1 + (at / 81 % 3), at / 243);
            if (kernel <= Math.Min(height, width) + (2 * padding))
                Check(new(height, width, 2, 3, kernel, stride, padding), rows: at % 3);
        }
    }

    /// <summary>Panels are up to 32 channels wide, tiles of a gradient up to 12 of kernel columns times channels high.</summary>
    [Theory]
    [MemberData(nameof(ManyChannels))]
    public void Every_number_of_channels_gives_the_bits_of_the_definition(int channelsOut)
    {
        foreach (var channelsIn in ChannelsIn)
        {
            Check(new(5, 4, channelsIn, channelsOut, Kernel: 3, Stride: 1, Padding: 1), rows: 2);
            Check(new(6, 7, channelsIn, channelsOut, Kernel: 2, Stride: 2, Padding: 0), rows: 1);
        }
    }

    /// <summary>Tiles are up to 12 pixels high.</summary>
    [Fact]
    public void Every_width_up_to_40_gives_the_bits_of_the_definition()
    {
        for (var width = 1; width <= 40; width++)
        {
            Check(new(2, width, 3, 33, Kernel: 3, Stride: 1, Padding: 1), rows: 1);
            Check(new(5, width, 1, 17, Kernel: 3, Stride: 3, Padding: 2), rows: 3);
        }
    }

    [Fact]
    public void Images_of_28_by_28_give_the_bits_of_the_definition()
    {
        Check(new(28, 28, 1, 16, Kernel: 3, Stride: 1, Padding: 1), rows: 2);
        Check(new(28, 28, 8, 17, Kernel: 3, Stride: 1, Padding: 1), rows: 1);
        Check(new(28, 28, 3, 33, Kernel: 5, Stride: 2, Padding: 2), rows: 1);
        Check(new(28, 9, 17, 8, Kernel: 4, Stride: 3, Padding: 3), rows: 2);
    }

    [Fact]
    public void A_thousand_mixtures_of_sizes_give_the_bits_of_the_definition()
    {
        var reader = new RandomStream(11, RandomPurpose.Sampling).Read();
        for (var drawn = 0; drawn < 1000; )
        {
            var (height, width, kernel) = (
                1 + (int)reader.NextBelow(13),
                1 + (int)reader.NextBelow(13),
                1 + (int)reader.NextBelow(5)
            );
            var (stride, padding, rows) = (
                1 + (int)reader.NextBelow(3),
                (int)reader.NextBelow((uint)kernel),
                (int)reader.NextBelow(4)
            );
            var channelsIn = ChannelsIn[reader.NextBelow((uint)ChannelsIn.Length)];
            var channelsOut = ChannelsOut[reader.NextBelow((uint)ChannelsOut.Length)];
            var sizes = new ConvolutionSizes(height, width, channelsIn, channelsOut, kernel, stride, padding);
            if (
                kernel > Math.Min(height, width) + (2 * padding)
                || rows * sizes.InputLength * sizes.WeightLength / channelsIn > 200_000
            )
                continue;
            Check(sizes, rows);
            drawn++;
        }
    }

    /// <summary>The zeros around an image and between pixels are numbers as others: times an infinite weight they are NaN.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Infinities_and_NaN_go_where_the_definition_takes_them(int stride, int padding)
    {
        var sizes = new ConvolutionSizes(7, 5, 3, 17, Kernel: 3, stride, padding);
        var (x, weights, dy) = (
            Normals(2 * sizes.InputLength, 1),
            Normals(sizes.WeightLength, 2),
            Normals(2 * sizes.OutputLength, 3)
        );
        (x[4], x[50], weights[70], weights[300]) = (
            float.PositiveInfinity,
            float.NaN,
            float.NegativeInfinity,
            float.PositiveInfinity
        );
        (x[7], dy[2], dy[40]) = (-0f, float.NegativeInfinity, float.NaN);
        Check(sizes, rows: 2, x, weights, dy);
    }

    private void Check(ConvolutionSizes sizes, int rows) =>
        Check(
            sizes,
            rows,
            Normals(rows * sizes.InputLength, 1),
            Normals(sizes.WeightLength, 2),
            Normals(rows * sizes.OutputLength, 3)
        );

    /// <summary>Spans hold more than is needed, which is neither used, being NaN, nor written.</summary>
    private void Check(ConvolutionSizes sizes, int rows, float[] x, float[] weights, float[] dy)
    {
        (x, weights, dy) = ([.. x, float.NaN], [.. weights, float.NaN], [.. dy, float.NaN]);
        foreach (var accumulate in new[] { false, true })
        {
            Compare(
                $"forward{(accumulate ? ", accumulating" : "")}",
                dy.Length + 4,
                y => Convolution.ForwardReference(sizes, rows, x, weights, y, accumulate),
                (variant, y) => Convolution.ForwardBy(variant, sizes, rows, x, weights, y, accumulate, workspace)
            );
        }
        Compare(
            "input gradient",
            x.Length + 4,
            dx => Convolution.InputGradientReference(sizes, rows, dy, weights, dx),
            (variant, dx) => Convolution.InputGradientBy(variant, sizes, rows, dy, weights, dx, workspace)
        );
        if (rows > 0)
        {
            foreach (var accumulate in new[] { false, true })
            {
                Compare(
                    $"weight gradient{(accumulate ? ", accumulating" : "")}",
                    weights.Length + 4,
                    dw => Convolution.WeightGradientReference(sizes, rows, x, dy, dw, accumulate),
                    (variant, dw) =>
                        Convolution.WeightGradientBy(variant, sizes, rows, x, dy, dw, accumulate, workspace)
                );
            }
        }

        void Compare(string what, int length, Action<float[]> define, Action<GemmVariant, float[]> compute)
        {
            var expected = Normals(length, 4);
            define(expected);
            foreach (var variant in Variants)
            {
                var actual = Normals(length, 4);
                compute(variant, actual);
                Assert.True(
                    Bits(expected).SequenceEqual(Bits(actual)),
                    $"{variant} differs from the definition: {what} of {rows} images, {sizes}"
                );
            }
        }
    }

    private static float[] Normals(int count, uint index)
    {
        var values = new float[count];
        new RandomStream(8, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }

    private static ReadOnlySpan<int> Bits(float[] values) =>
        MemoryMarshal.Cast<float, int>(Array.ConvertAll(values, v => float.IsNaN(v) ? float.NaN : v));
}
