namespace Pipeline.Numerics;

/// <summary>
/// Convolutions and their gradients, the same bits on every processor. Images lie row-major as
/// [height, width, channels], weights as [kernel row, kernel column, channels in, channels out]; kernels are not
/// flipped. Each number is one chain of fused multiply-adds. There is no matrix of patches: of one image at a time a
/// padded copy is made, in which the micro-kernel of <see cref="Gemm"/> finds a patch by its strides.
/// </summary>
public static partial class Convolution
{
    /// <summary>
    /// <c>y[n, i, j, o] = Σ x[n, s·i + u − p, s·j + v − p, c]·w[u, v, c, o]</c> over u, v, c in this order, starting at
    /// 0 or, to accumulate, at what y holds; s is the stride, p the padding, and x is 0 outside.
    /// </summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="rows">The number of images n, at least 0.</param>
    /// <param name="x">The images that go in.</param>
    /// <param name="weights">w.</param>
    /// <param name="y">The images that come out.</param>
    /// <param name="accumulate">Whether to add to what <paramref name="y"/> holds.</param>
    /// <param name="workspace">Where operands are packed; used by no other thread meanwhile.</param>
    /// <exception cref="ArgumentException">A size is out of range, or a span is too short.</exception>
    public static void Forward(
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weights,
        Span<float> y,
        bool accumulate,
        GemmWorkspace workspace
    ) => ForwardBy(GemmVariants.Best, sizes, rows, x, weights, y, accumulate, workspace);

    /// <summary>
    /// <c>dw[u, v, c, o] = Σ x[n, s·i + u − p, s·j + v − p, c]·dy[n, i, j, o]</c> over n, i, j in this order, starting at
    /// 0 or, to accumulate, at what dw holds: the gradient with respect to the weights.
    /// </summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="rows">The number of images n, at least 1.</param>
    /// <param name="x">The images that went in.</param>
    /// <param name="dy">The gradient with respect to the images that came out.</param>
    /// <param name="dweights">dw.</param>
    /// <param name="accumulate">Whether to add to what <paramref name="dweights"/> holds.</param>
    /// <param name="workspace">Where operands are packed; used by no other thread meanwhile.</param>
    /// <exception cref="ArgumentException">A size is out of range, or a span is too short.</exception>
    public static void WeightGradient(
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dy,
        Span<float> dweights,
        bool accumulate,
        GemmWorkspace workspace
    ) => WeightGradientBy(GemmVariants.Best, sizes, rows, x, dy, dweights, accumulate, workspace);

    /// <summary>
    /// <c>dx[n, h, w, c] = Σ dy[n, (h + p − u)/s, (w + p − v)/s, o]·w[u, v, c, o]</c> over descending u, descending v
    /// and ascending o, in this order, dy being 0 outside and where a division leaves a rest: the gradient with
    /// respect to the images that went in.
    /// </summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="rows">The number of images n, at least 0.</param>
    /// <param name="dy">The gradient with respect to the images that came out.</param>
    /// <param name="weights">w.</param>
    /// <param name="dx">The gradient.</param>
    /// <param name="workspace">Where operands are packed; used by no other thread meanwhile.</param>
    /// <exception cref="ArgumentException">A size is out of range, or a span is too short.</exception>
    public static void InputGradient(
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> weights,
        Span<float> dx,
        GemmWorkspace workspace
    ) => InputGradientBy(GemmVariants.Best, sizes, rows, dy, weights, dx, workspace);

    /// <inheritdoc cref="Forward"/>
    internal static unsafe void ForwardBy(
        GemmVariant variant,
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weights,
        Span<float> y,
        bool accumulate,
        GemmWorkspace workspace
    )
    {
        Validate(sizes, rows, x.Length, weights.Length, y.Length);
        fixed (
            float* px = x,
                pw = weights,
                py = y
        )
            GemmVariants.Run<float, ForwardOperation>(variant, new(sizes, rows, px, pw, py, accumulate, workspace));
        GC.KeepAlive(workspace);
    }

    /// <inheritdoc cref="WeightGradient"/>
    internal static unsafe void WeightGradientBy(
        GemmVariant variant,
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dy,
        Span<float> dweights,
        bool accumulate,
        GemmWorkspace workspace
    )
    {
        Validate(sizes, rows, x.Length, dweights.Length, dy.Length);
        if (rows == 0)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, "A gradient needs at least one image.");
        fixed (
            float* px = x,
                pdy = dy,
                pdw = dweights
        )
            GemmVariants.Run<float, WeightGradientOperation>(
                variant,
                new(sizes, rows, px, pdy, pdw, accumulate, workspace)
            );
        GC.KeepAlive(workspace);
    }

    /// <inheritdoc cref="InputGradient"/>
    internal static unsafe void InputGradientBy(
        GemmVariant variant,
        ConvolutionSizes sizes,
        int rows,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> weights,
        Span<float> dx,
        GemmWorkspace workspace
    )
    {
        Validate(sizes, rows, dx.Length, weights.Length, dy.Length);
        fixed (
            float* pdy = dy,
                pw = weights,
                pdx = dx
        )
            GemmVariants.Run<float, InputGradientOperation>(variant, new(sizes, rows, pdy, pw, pdx, workspace));
        GC.KeepAlive(workspace);
    }

    private static void Validate(ConvolutionSizes sizes, int rows, int inputs, int weights, int outputs)
    {
        ConvolutionSizes.Validate(sizes);
        if (
            rows < 0
            || (long)rows * sizes.InputLength > inputs
            || (long)rows * sizes.OutputLength > outputs
            || sizes.WeightLength > weights
        )
        {
            throw new ArgumentException(
                $"A convolution of {rows} images of {sizes} takes {rows} × {sizes.InputLength} and {sizes.WeightLength} numbers and gives "
                    + $"{rows} × {sizes.OutputLength}, but the spans hold {inputs}, {weights} and {outputs}.",
                nameof(rows)
            );
        }
    }
}
