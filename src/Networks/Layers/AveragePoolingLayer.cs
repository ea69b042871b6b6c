using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>The mean of each window of each channel, its values added row by row; of the gradient each value gets an equal share.</summary>
internal sealed class AveragePoolingLayer(PoolingDescription description) : NetworkLayer(description)
{
    private readonly PoolingWindows windows = new(description);
    private readonly float share = 1f / (description.Window * description.Window);

    public override bool TakesPieces => true;

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        Infer(x, rows, y);

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        for (var i = 0; i < rows; i++)
            Pool(x.Slice(i * Inputs, Inputs), y.Slice(i * Outputs, Outputs));
    }

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    )
    {
        dx.Clear();
        for (var i = 0; i < rows; i++)
            Spread(dy.Slice(i * Outputs, Outputs), dx.Slice(i * Inputs, Inputs));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(ReadOnlySpan<float> x, Span<float> y)
    {
        var channels = windows.Channels;
        var pixels = windows.Pixels;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        var output = 0;
        for (var row = 0; row < windows.Rows; row++)
        {
            var first = row * windows.RowStep;
            for (var column = 0; column < windows.Columns; column++, first += windows.ColumnStep, output += channels)
            {
                var c = 0;
                for (; c < Lanes.Whole(channels); c += Lanes.Count)
                {
                    var sum = Vector512<float>.Zero;
                    foreach (var pixel in pixels)
                        sum += Vector512.LoadUnsafe(ref x0, (nuint)(first + pixel + c));
                    (sum * share).StoreUnsafe(ref y0, (nuint)(output + c));
                }
                for (; c < channels; c++)
                {
                    var sum = 0f;
                    foreach (var pixel in pixels)
                        sum += x[first + pixel + c];
                    y[output + c] = sum * share;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(ReadOnlySpan<float> dy, Span<float> dx)
    {
        var channels = windows.Channels;
        var pixels = windows.Pixels;
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        var output = 0;
        for (var row = 0; row < windows.Rows; row++)
        {
            var first = row * windows.RowStep;
            for (var column = 0; column < windows.Columns; column++, first += windows.ColumnStep, output += channels)
            {
                foreach (var pixel in pixels)
                {
                    var target = first + pixel;
                    var c = 0;
                    for (; c < Lanes.Whole(channels); c += Lanes.Count)
                    {
                        var d = Vector512.LoadUnsafe(ref dy0, (nuint)(output + c)) * share;
                        (Vector512.LoadUnsafe(ref dx0, (nuint)(target + c)) + d).StoreUnsafe(
                            ref dx0,
                            (nuint)(target + c)
                        );
                    }
                    for (; c < channels; c++)
                        dx[target + c] += dy[output + c] * share;
                }
            }
        }
    }
}
