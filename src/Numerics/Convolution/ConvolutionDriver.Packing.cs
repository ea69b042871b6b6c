namespace Pipeline.Numerics;

/// <content>Padded images and packed kernels.</content>
internal static unsafe partial class ConvolutionDriver<TLanes, TVector>
    where TLanes : struct, ILanes<float, TVector>
    where TVector : unmanaged
{
    /// <summary>Packs up to <paramref name="columns"/> columns of a panel, the others being 0.</summary>
    private static void Pack(int steps, float* b, int ldb, int width, int columns, float* panels, ref int done)
    {
        var panel = panels + done;
        done += steps * width;
        if (columns < width)
            new Span<float>(panel, steps * width).Clear();
        GemmPacking.Copy(steps, Math.Min(columns, width), b, ldb, panel, width);
    }

    /// <summary>
    /// Packs the kernels turned by half a turn, inputs and outputs exchanged: [u, v, o, c] of
    /// channels j … j + width − 1.
    /// </summary>
    private static void PackTurned(
        ConvolutionSizes sizes,
        float* weights,
        int j,
        int width,
        float* panels,
        ref int done
    )
    {
        var panel = panels + done;
        var places = sizes.Kernel * sizes.Kernel;
        done += places * sizes.ChannelsOut * width;
        var columns = Math.Min(width, sizes.ChannelsIn - j);
        if (columns < width)
            new Span<float>(panel, places * sizes.ChannelsOut * width).Clear();
        for (var place = places - 1; place >= 0; place--, panel += sizes.ChannelsOut * width)
        {
            var block = weights + ((((nint)place * sizes.ChannelsIn) + j) * sizes.ChannelsOut);
            GemmPacking.Transpose(sizes.ChannelsOut, columns, block, sizes.ChannelsOut, panel, width, isFar: false);
        }
    }

    private readonly struct Memory(float* edge, float* image, float* panels)
    {
        /// <summary>A tile.</summary>
        public readonly float* Edge = edge;

        /// <summary>A padded image, zeros at first.</summary>
        public readonly float* Image = image;

        /// <summary>The packed panels.</summary>
        public readonly float* Panels = panels;
    }

    /// <summary>An image with zeros around it.</summary>
    private readonly record struct PaddedImage(int Height, int Width, int Channels)
    {
        public int RowLength => Width * Channels;

        public int Length => checked(Height * Width * Channels);

        /// <summary>
        /// Puts an image of [height, width, channels] into the padded one, its pixels so many apart; where nothing is
        /// added, the image itself will do.
        /// </summary>
        public float* Fill(float* x, int height, int width, int padding, int apart, float* target)
        {
            if (height == Height && width == Width)
                return x;
            var row = target + (((nint)padding * Width) + padding) * Channels;
            for (var i = 0; i < height; i++, x += (nint)width * Channels, row += (nint)apart * RowLength)
            {
                if (apart == 1)
                    GemmPacking.Copy(1, width * Channels, x, 0, row, 0);
                else
                    GemmPacking.Copy(width, Channels, x, Channels, row, (nint)apart * Channels);
            }
            return target;
        }
    }
}
