namespace Pipeline.Numerics;

/// <summary>
/// The sizes of a convolution: images of [height, width, channels], square kernels, the same stride
/// and padding in both directions.
/// </summary>
/// <param name="Height">The height of an image that goes in.</param>
/// <param name="Width">Its width.</param>
/// <param name="ChannelsIn">Its channels.</param>
/// <param name="ChannelsOut">The channels of an image that comes out.</param>
/// <param name="Kernel">Height and width of the kernels.</param>
/// <param name="Stride">By how many pixels a kernel moves.</param>
/// <param name="Padding">The zeros around an image on each side, fewer than the kernel's size.</param>
public readonly record struct ConvolutionSizes(
    int Height,
    int Width,
    int ChannelsIn,
    int ChannelsOut,
    int Kernel,
    int Stride,
    int Padding
)
{
    /// <summary>The height of an image that comes out.</summary>
    public int OutputHeight => ((Height + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Its width.</summary>
    public int OutputWidth => ((Width + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>The numbers of an image that goes in.</summary>
    public int InputLength => checked(Height * Width * ChannelsIn);

    /// <summary>The numbers of an image that comes out.</summary>
    public int OutputLength => checked(OutputHeight * OutputWidth * ChannelsOut);

    /// <summary>The number of weights.</summary>
    public int WeightLength => checked(Kernel * Kernel * ChannelsIn * ChannelsOut);

    /// <summary>The sizes as messages name them, whatever they are.</summary>
    public override string ToString() =>
        $"[{Height}, {Width}, {ChannelsIn}] with {ChannelsOut} kernels of [{Kernel}, {Kernel}], stride {Stride} and padding {Padding}";

    /// <summary>Throws where a size is out of range.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    internal static void Validate(ConvolutionSizes sizes)
    {
        var (height, width, channelsIn, channelsOut, kernel, stride, padding) = sizes;
        var areSizes =
            height > 0 && width > 0 && channelsIn > 0 && channelsOut > 0 && kernel > 0 && stride > 0 && padding >= 0;
        if (!areSizes || padding >= kernel || kernel > height + (2 * padding) || kernel > width + (2 * padding))
        {
            throw new ArgumentException(
                $"A convolution of {sizes} is not possible: sizes are at least 1, "
                    + "the padding is less than the kernel, and the kernel fits into the padded image.",
                nameof(sizes)
            );
        }
    }
}
