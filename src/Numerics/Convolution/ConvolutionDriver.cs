using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>
/// Cuts convolutions into tiles of the micro-kernel. In a padded image the values that a row of a kernel sees lie side
/// by side, so that a patch is a few segments a row of the image apart; neighbouring patches are a stride apart.
/// Outputs go in panels two registers wide, one for a narrow rest; of a panel that is cut off by the last channel the
/// tiles are made beside their place.
/// </summary>
internal static unsafe partial class ConvolutionDriver<TLanes, TVector>
    where TLanes : struct, ILanes<float, TVector>
    where TVector : unmanaged
{
    public static void Forward(
        ConvolutionSizes sizes,
        int rows,
        float* x,
        float* weights,
        float* y,
        bool accumulate,
        GemmWorkspace workspace
    )
    {
        var steps = sizes.Kernel * sizes.Kernel * sizes.ChannelsIn;
        var padded = new PaddedImage(
            sizes.Height + (2 * sizes.Padding),
            sizes.Width + (2 * sizes.Padding),
            sizes.ChannelsIn
        );
        var memory = Reserve(workspace, padded, checked(steps * Packed(sizes.ChannelsOut)));
        for (
            int j = 0, done = 0;
            j < sizes.ChannelsOut;
            j += GemmTiles<TLanes, float, TVector>.WidthAt(j, sizes.ChannelsOut)
        )
            Pack(
                steps,
                weights + j,
                sizes.ChannelsOut,
                GemmTiles<TLanes, float, TVector>.WidthAt(j, sizes.ChannelsOut),
                sizes.ChannelsOut - j,
                memory.Panels,
                ref done
            );
        for (var n = 0; n < rows; n++, x += sizes.InputLength, y += sizes.OutputLength)
        {
            var image = padded.Fill(x, sizes.Height, sizes.Width, sizes.Padding, 1, memory.Image);
            Correlate(
                padded,
                image,
                sizes.Kernel,
                sizes.Stride,
                memory,
                y,
                sizes.OutputHeight,
                sizes.OutputWidth,
                sizes.ChannelsOut,
                accumulate
            );
        }
    }

    public static void InputGradient(
        ConvolutionSizes sizes,
        int rows,
        float* dy,
        float* weights,
        float* dx,
        GemmWorkspace workspace
    )
    {
        // dx is the correlation of dy, its pixels a stride apart and zeros between and around them, with the kernels turned by half a turn.
        var steps = sizes.Kernel * sizes.Kernel * sizes.ChannelsOut;
        var padded = new PaddedImage(
            sizes.Height + sizes.Kernel - 1,
            sizes.Width + sizes.Kernel - 1,
            sizes.ChannelsOut
        );
        var memory = Reserve(workspace, padded, checked(steps * Packed(sizes.ChannelsIn)));
        for (
            int j = 0, done = 0;
            j < sizes.ChannelsIn;
            j += GemmTiles<TLanes, float, TVector>.WidthAt(j, sizes.ChannelsIn)
        )
            PackTurned(
                sizes,
                weights,
                j,
                GemmTiles<TLanes, float, TVector>.WidthAt(j, sizes.ChannelsIn),
                memory.Panels,
                ref done
            );
        for (var n = 0; n < rows; n++, dy += sizes.OutputLength, dx += sizes.InputLength)
        {
            var image = padded.Fill(
                dy,
                sizes.OutputHeight,
                sizes.OutputWidth,
                sizes.Kernel - 1 - sizes.Padding,
                sizes.Stride,
                memory.Image
            );
            Correlate(
                padded,
                image,
                sizes.Kernel,
                1,
                memory,
                dx,
                sizes.Height,
                sizes.Width,
                sizes.ChannelsIn,
                accumulate: false
            );
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient(
        ConvolutionSizes sizes,
        int rows,
        float* x,
        float* dy,
        float* dweights,
        bool accumulate,
        GemmWorkspace workspace
    )
    {
        var (outputs, pixels, segment) = (
            sizes.ChannelsOut,
            sizes.OutputHeight * sizes.OutputWidth,
            sizes.Kernel * sizes.ChannelsIn
        );
        var padded = new PaddedImage(
            sizes.Height + (2 * sizes.Padding),
            sizes.Width + (2 * sizes.Padding),
            sizes.ChannelsIn
        );
        var memory = Reserve(workspace, padded, checked(pixels * Packed(outputs)));
        nint step = sizes.Stride * sizes.ChannelsIn;
        for (var n = 0; n < rows; n++, x += sizes.InputLength, dy += sizes.OutputLength)
        {
            var image = padded.Fill(x, sizes.Height, sizes.Width, sizes.Padding, 1, memory.Image);
            for (int j = 0, done = 0; j < outputs; j += GemmTiles<TLanes, float, TVector>.WidthAt(j, outputs))
            {
                var width = GemmTiles<TLanes, float, TVector>.WidthAt(j, outputs);
                var operands = new GemmOperands<float>
                {
                    A = image,
                    ARow = 1,
                    AStep = step,
                    AJump = ((nint)sizes.Stride * padded.RowLength) - (step * sizes.OutputWidth),
                    B = memory.Panels + done,
                    BStep = width,
                    C = dweights,
                    CRow = outputs,
                    Accumulates = accumulate || n > 0,
                    Steps = sizes.OutputWidth,
                    Segments = sizes.OutputHeight,
                };
                Pack(pixels, dy + j, outputs, width, outputs - j, memory.Panels, ref done);
                for (var u = 0; u < sizes.Kernel; u++)
                {
                    for (int r = 0, tile; r < segment; r += tile)
                    {
                        tile = GemmTiles<TLanes, float, TVector>.HeightAt(r, segment);
                        operands.A = image + (u * padded.RowLength) + r;
                        operands.C = dweights + ((((nint)u * segment) + r) * outputs) + j;
                        GemmTiles<TLanes, float, TVector>.Run(tile, width, outputs - j, operands, memory.Edge);
                    }
                }
            }
        }
    }

    /// <summary>y[i, j, o] = Σ image[s·i + u, s·j + v, c]·w[u, v, c, o], w being packed in panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Correlate(
        PaddedImage padded,
        float* image,
        int kernel,
        int stride,
        Memory memory,
        float* y,
        int height,
        int width,
        int outputs,
        bool accumulate
    )
    {
        var segment = kernel * padded.Channels;
        nint patch = stride * padded.Channels;
        for (int j = 0, done = 0; j < outputs; j += GemmTiles<TLanes, float, TVector>.WidthAt(j, outputs))
        {
            var columns = GemmTiles<TLanes, float, TVector>.WidthAt(j, outputs);
            var operands = new GemmOperands<float>
            {
                A = image,
                ARow = patch,
                AStep = 1,
                AJump = (nint)padded.RowLength - segment,
                B = memory.Panels + done,
                BStep = columns,
                C = y,
                CRow = outputs,
                Accumulates = accumulate,
                Steps = segment,
                Segments = kernel,
            };
            for (var i = 0; i < height; i++)
            {
                for (int k = 0, tile; k < width; k += tile)
                {
                    tile = GemmTiles<TLanes, float, TVector>.HeightAt(k, width);
                    operands.A = image + ((nint)stride * i * padded.RowLength) + (k * patch);
                    operands.C = y + ((((nint)i * width) + k) * outputs) + j;
                    GemmTiles<TLanes, float, TVector>.Run(tile, columns, outputs - j, operands, memory.Edge);
                }
            }
            done += kernel * segment * columns;
        }
    }

    /// <summary>The channels with those that fill up the last panel.</summary>
    private static int Packed(int channels) =>
        (channels + GemmTiles<TLanes, float, TVector>.Lane - 1)
        / GemmTiles<TLanes, float, TVector>.Lane
        * GemmTiles<TLanes, float, TVector>.Lane;

    private static Memory Reserve(GemmWorkspace workspace, PaddedImage padded, int panels)
    {
        var edge = workspace.Numbers<float>(
            checked(GemmTiles<TLanes, float, TVector>.Length + Aligned(padded.Length) + panels)
        );
        var image = edge + GemmTiles<TLanes, float, TVector>.Length;
        new Span<float>(image, padded.Length).Clear();
        return new(edge, image, image + Aligned(padded.Length));
    }

    private static int Aligned(int length) => (length + 15) & ~15;
}
