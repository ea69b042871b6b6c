namespace Pipeline.Numerics;

public static partial class Convolution
{
    /// <summary>The definition of <see cref="Forward"/>, one output after the other: what every variant must equal bit by bit.</summary>
    internal static void ForwardReference(
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weights,
        Span<float> y,
        bool accumulate
    )
    {
        for (var at = 0; at < rows * sizes.OutputLength; at++)
        {
            var (n, i, j, o) = Split(at, sizes.OutputHeight, sizes.OutputWidth, sizes.ChannelsOut);
            var sum = accumulate ? y[at] : 0f;
            for (var w = 0; w < sizes.WeightLength; w += sizes.ChannelsOut)
            {
                var (_, u, v, c) = Split(w / sizes.ChannelsOut, sizes.Kernel, sizes.Kernel, sizes.ChannelsIn);
                sum = MathF.FusedMultiplyAdd(
                    Pixel(
                        x,
                        n,
                        (sizes.Stride * i) + u - sizes.Padding,
                        (sizes.Stride * j) + v - sizes.Padding,
                        c,
                        sizes
                    ),
                    weights[w + o],
                    sum
                );
            }
            y[at] = sum;
        }
    }

    /// <summary>The definition of <see cref="WeightGradient"/>.</summary>
    internal static void WeightGradientReference(
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dy,
        Span<float> dweights,
        bool accumulate
    )
    {
        for (var w = 0; w < sizes.WeightLength; w++)
        {
            var (_, u, v, c) = Split(w / sizes.ChannelsOut, sizes.Kernel, sizes.Kernel, sizes.ChannelsIn);
            var sum = accumulate ? dweights[w] : 0f;
            for (var at = w % sizes.ChannelsOut; at < rows * sizes.OutputLength; at += sizes.ChannelsOut)
            {
                var (n, i, j, _) = Split(at, sizes.OutputHeight, sizes.OutputWidth, sizes.ChannelsOut);
                sum = MathF.FusedMultiplyAdd(
                    Pixel(
                        x,
                        n,
                        (sizes.Stride * i) + u - sizes.Padding,
                        (sizes.Stride * j) + v - sizes.Padding,
                        c,
                        sizes
                    ),
                    dy[at],
                    sum
                );
            }
            dweights[w] = sum;
        }
    }

    /// <summary>The definition of <see cref="InputGradient"/>.</summary>
    internal static void InputGradientReference(
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> weights,
        Span<float> dx
    )
    {
        for (var at = 0; at < rows * sizes.InputLength; at++)
        {
            var (n, h, w, c) = Split(at, sizes.Height, sizes.Width, sizes.ChannelsIn);
            var sum = 0f;
            for (var u = sizes.Kernel - 1; u >= 0; u--)
            {
                for (var v = sizes.Kernel - 1; v >= 0; v--)
                {
                    for (var o = 0; o < sizes.ChannelsOut; o++)
                    {
                        var weight = weights[
                            (((((u * sizes.Kernel) + v) * sizes.ChannelsIn) + c) * sizes.ChannelsOut) + o
                        ];
                        sum = MathF.FusedMultiplyAdd(
                            Output(dy, n, h + sizes.Padding - u, w + sizes.Padding - v, o, sizes),
                            weight,
                            sum
                        );
                    }
                }
            }
            dx[at] = sum;
        }
    }

    private static (int N, int I, int J, int C) Split(int at, int height, int width, int channels) =>
        (at / (height * width * channels), at / (width * channels) % height, at / channels % width, at % channels);

    private static float Pixel(ReadOnlySpan<float> x, int n, int h, int w, int c, ConvolutionSizes sizes) =>
        h >= 0 && h < sizes.Height && w >= 0 && w < sizes.Width
            ? x[(((((n * sizes.Height) + h) * sizes.Width) + w) * sizes.ChannelsIn) + c]
            : 0;

    private static float Output(ReadOnlySpan<float> dy, int n, int h, int w, int o, ConvolutionSizes sizes)
    {
        var (i, j) = (h / sizes.Stride, w / sizes.Stride);
        var isThere =
            h >= 0
            && w >= 0
            && h % sizes.Stride == 0
            && w % sizes.Stride == 0
            && i < sizes.OutputHeight
            && j < sizes.OutputWidth;
        return isThere ? dy[(((((n * sizes.OutputHeight) + i) * sizes.OutputWidth) + j) * sizes.ChannelsOut) + o] : 0;
    }
}
