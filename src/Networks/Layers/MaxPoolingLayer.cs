using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks;

/// <summary>The largest value of each window of each channel, of equal ones the first; a NaN counts as the largest. Its gradient goes to where that value was.</summary>
internal sealed class MaxPoolingLayer(PoolingDescription description, LayerMemory memory) : NetworkLayer(description)
{
    private readonly PoolingWindows windows = new(description);

    // Of each output, the place in its window from which it came: window row · window + window column.
    private readonly FloatBuffer places = new(checked(memory.LargestBatch * description.Output.Values));

    public override void Forward(ReadOnlySpan<float> x, int rows, int step, Span<float> y)
    {
        for (var i = 0; i < rows; i++)
            Pool(x.Slice(i * Inputs, Inputs), y.Slice(i * Outputs, Outputs), PlacesOf(i));
    }

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) => Forward(x, rows, step: 0, y);

    public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int rows, Span<float> dx)
    {
        dx.Clear();
        for (var i = 0; i < rows; i++)
            Spread(dy.Slice(i * Outputs, Outputs), PlacesOf(i), dx.Slice(i * Inputs, Inputs));
    }

    private Span<float> PlacesOf(int row) => places.Slice(row * Outputs, Outputs).Span;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(ReadOnlySpan<float> x, Span<float> y, Span<float> places)
    {
        var (channels, window) = (windows.Channels, windows.Window);
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        ref var places0 = ref MemoryMarshal.GetReference(places);
        for (var output = 0; output < windows.Count; output++)
        {
            var first = windows.First(output);
            var c = 0;
            for (; c < Lanes.Whole(channels); c += Lanes.Count)
            {
                var (max, place, at) = (Vector512.LoadUnsafe(ref x0, (nuint)(first + c)), Vector512<float>.Zero, Vector512<float>.Zero);
                for (var i = 0; i < window; i++)
                {
                    for (var j = 0; j < window; j++, at += Vector512<float>.One)
                    {
                        var value = Vector512.LoadUnsafe(ref x0, (nuint)(first + windows.Offset(i, j) + c));
                        var isLarger = ~Vector512.LessThanOrEqual(value, max) & Vector512.Equals(max, max);
                        max = Vector512.ConditionalSelect(isLarger, value, max);
                        place = Vector512.ConditionalSelect(isLarger, at, place);
                    }
                }
                max.StoreUnsafe(ref y0, (nuint)((output * channels) + c));
                place.StoreUnsafe(ref places0, (nuint)((output * channels) + c));
            }
            for (; c < channels; c++)
                (y[(output * channels) + c], places[(output * channels) + c]) = PoolOne(x, first + c);
        }
    }

    private (float Max, float Place) PoolOne(ReadOnlySpan<float> x, int first)
    {
        var (max, place) = (x[first], 0f);
        for (var i = 0; i < windows.Window; i++)
        {
            for (var j = 0; j < windows.Window; j++)
            {
                var value = x[first + windows.Offset(i, j)];
                if (!(value <= max) && !float.IsNaN(max))
                    (max, place) = (value, (i * windows.Window) + j);
            }
        }
        return (max, place);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(ReadOnlySpan<float> dy, ReadOnlySpan<float> places, Span<float> dx)
    {
        var (channels, window) = (windows.Channels, windows.Window);
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        ref var places0 = ref MemoryMarshal.GetReference(places);
        for (var output = 0; output < windows.Count; output++)
        {
            var first = windows.First(output);
            var c = 0;
            for (; c < Lanes.Whole(channels); c += Lanes.Count)
            {
                var d = Vector512.LoadUnsafe(ref dy0, (nuint)((output * channels) + c));
                var (place, at) = (Vector512.LoadUnsafe(ref places0, (nuint)((output * channels) + c)), Vector512<float>.Zero);
                for (var i = 0; i < window; i++)
                {
                    for (var j = 0; j < window; j++, at += Vector512<float>.One)
                    {
                        var target = (nuint)(first + windows.Offset(i, j) + c);
                        (Vector512.LoadUnsafe(ref dx0, target) + (d & Vector512.Equals(place, at))).StoreUnsafe(ref dx0, target);
                    }
                }
            }
            for (; c < channels; c++)
            {
                var place = (int)places[(output * channels) + c];
                dx[first + windows.Offset(place / window, place % window) + c] += dy[(output * channels) + c];
            }
        }
    }
}
