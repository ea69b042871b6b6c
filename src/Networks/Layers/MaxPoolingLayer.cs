using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>
/// The largest value of each window of each channel, of equal ones the first; a NaN counts as the largest. Its
/// gradient goes to where that value was.
/// </summary>
internal sealed class MaxPoolingLayer(PoolingDescription description, LayerMemory memory) : NetworkLayer(description)
{
    private readonly PoolingWindows windows = new(description);

    // Of each output, the place in its window from which it came: window row · window + window column.
    private readonly FloatBuffer places = new(checked(memory.LargestBatch * description.Output.Values));

    public override bool TakesPieces => true;

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y)
    {
        for (var i = 0; i < rows; i++)
            Pool(x.Slice(i * Inputs, Inputs), y.Slice(i * Outputs, Outputs), PlacesOf(first + i));
    }

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) =>
        ForwardPiece(x, first: 0, rows, step: 0, y);

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    )
    {
        // Windows that don't overlap write what they cover once.
        if (!windows.CoverAll || windows.Overlap)
            dx.Clear();
        for (var i = 0; i < rows; i++)
            Spread(dy.Slice(i * Outputs, Outputs), PlacesOf(first + i), dx.Slice(i * Inputs, Inputs));
    }

    private Span<float> PlacesOf(int row) => places.Slice(row * Outputs, Outputs).Span;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(ReadOnlySpan<float> x, Span<float> y, Span<float> places)
    {
        var (channels, columns, columnStep) = (windows.Channels, windows.Columns, windows.ColumnStep);
        var pixels = windows.Pixels;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        ref var places0 = ref MemoryMarshal.GetReference(places);
        var output = 0;
        for (var row = 0; row < windows.Rows; row++)
        {
            var first = row * windows.RowStep;
            for (var column = 0; column < columns; column++, first += columnStep, output += channels)
            {
                var c = 0;
                for (; c < Lanes.Whole(channels); c += Lanes.Count)
                {
                    var (max, place, at) = (
                        Vector512.LoadUnsafe(ref x0, (nuint)(first + c)),
                        Vector512<float>.Zero,
                        Vector512<float>.Zero
                    );
                    foreach (var pixel in pixels)
                    {
                        var value = Vector512.LoadUnsafe(ref x0, (nuint)(first + pixel + c));
                        var isLarger = ~Vector512.LessThanOrEqual(value, max) & Vector512.Equals(max, max);
                        max = Vector512.ConditionalSelect(isLarger, value, max);
                        place = Vector512.ConditionalSelect(isLarger, at, place);
                        at += Vector512<float>.One;
                    }
                    max.StoreUnsafe(ref y0, (nuint)(output + c));
                    place.StoreUnsafe(ref places0, (nuint)(output + c));
                }
                for (; c < channels; c++)
                    (y[output + c], places[output + c]) = PoolOne(x, first + c);
            }
        }
    }

    private (float Max, float Place) PoolOne(ReadOnlySpan<float> x, int first)
    {
        var (max, place) = (x[first], 0f);
        for (var at = 0; at < windows.Pixels.Length; at++)
        {
            var value = x[first + windows.Pixels[at]];
            if (!(value <= max) && !float.IsNaN(max))
                (max, place) = (value, at);
        }
        return (max, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(ReadOnlySpan<float> dy, ReadOnlySpan<float> places, Span<float> dx)
    {
        var (channels, columns, columnStep, overlap) = (
            windows.Channels,
            windows.Columns,
            windows.ColumnStep,
            windows.Overlap
        );
        var pixels = windows.Pixels;
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        ref var places0 = ref MemoryMarshal.GetReference(places);
        var output = 0;
        for (var row = 0; row < windows.Rows; row++)
        {
            var first = row * windows.RowStep;
            for (var column = 0; column < columns; column++, first += columnStep, output += channels)
            {
                var c = 0;
                for (; c < Lanes.Whole(channels); c += Lanes.Count)
                {
                    var d = Vector512.LoadUnsafe(ref dy0, (nuint)(output + c));
                    var (place, at) = (Vector512.LoadUnsafe(ref places0, (nuint)(output + c)), Vector512<float>.Zero);
                    foreach (var pixel in pixels)
                    {
                        var target = (nuint)(first + pixel + c);
                        var share = d & Vector512.Equals(place, at);
                        (overlap ? Vector512.LoadUnsafe(ref dx0, target) + share : share).StoreUnsafe(ref dx0, target);
                        at += Vector512<float>.One;
                    }
                }
                for (; c < channels; c++)
                {
                    for (var at = 0; at < pixels.Length; at++)
                    {
                        ref var target = ref dx[first + pixels[at] + c];
                        var share = at == places[output + c] ? dy[output + c] : 0;
                        target = overlap ? target + share : share;
                    }
                }
            }
        }
    }
}
