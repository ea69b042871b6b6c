using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Networks.Normalizations;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// Those that take the largest value of each window of 2×2 pixels. Images are [height, width, channels], both sizes even; those that
/// follow each other are taken as one.
/// </summary>
/// <param name="formula">The activation.</param>
/// <param name="width">Pixels of a row of an image.</param>
internal sealed class PooledLoops<TKernel, T>(TKernel formula, int width) : IUnitLoops
    where TKernel : struct, IActivationKernel
    where T : struct, IRegister<T>, IFloats<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(ReadOnlySpan<float> x, NormalizedChannels channels, Span<float> y, Span<float> places)
    {
        var kernel = formula;
        var (count, below) = ((nuint)channels.Count, (nuint)(width * channels.Count));
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        ref var places0 = ref MemoryMarshal.GetReference(places);
        for (var (row, o) = ((nuint)0, (nuint)0); row < (nuint)x.Length; row += 2 * below, o += below / 2)
        {
            for (nuint j = 0; j < count; j += (nuint)T.Count)
            {
                var line = new NormalizedLine<T>(channels, j);
                var output = o + j;
                for (var at = row + j; at < row + below; at += 2 * count, output += count)
                {
                    var max = line.Forward(kernel, T.Load(ref x0, at));
                    T place = 0f;
                    Take(line.Forward(kernel, T.Load(ref x0, at + count)), 1f, ref max, ref place);
                    Take(line.Forward(kernel, T.Load(ref x0, at + below)), 2f, ref max, ref place);
                    Take(line.Forward(kernel, T.Load(ref x0, at + below + count)), 3f, ref max, ref place);
                    max.Store(ref y0, output);
                    place.Store(ref places0, output);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sum(
        ReadOnlySpan<float> x,
        NormalizedChannels channels,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> places,
        Span<float> sums
    )
    {
        var kernel = formula;
        var (count, below) = ((nuint)channels.Count, (nuint)(width * channels.Count));
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var places0 = ref MemoryMarshal.GetReference(places);
        sums.Clear();
        ref var sums0 = ref MemoryMarshal.GetReference(sums[..(8 * channels.Count)]);
        // Rows begin with the first or the third chain.
        var (isUpper, isTurned) = (true, false);
        for (var (row, o) = ((nuint)0, (nuint)0); row < (nuint)x.Length; row += below, isUpper = !isUpper)
        {
            T left = isUpper ? 0f : 2f,
                right = isUpper ? 1f : 3f;
            for (nuint j = 0; j < count; j += (nuint)T.Count)
            {
                var line = new NormalizedLine<T>(channels, j);
                var chains = new SumChains<T>(ref sums0, count, j, isTurned);
                var (at, output, end) = (row + j, o + j, row + below);
                for (; at < end; at += 4 * count, output += 2 * count)
                {
                    var (d, place) = (T.Load(ref dy0, output), T.Load(ref places0, output));
                    line.Add(kernel, T.Load(ref x0, at), T.Equal(place, left) & d, ref chains.S0, ref chains.P0);
                    line.Add(
                        kernel,
                        T.Load(ref x0, at + count),
                        T.Equal(place, right) & d,
                        ref chains.S1,
                        ref chains.P1
                    );
                    if (at + (2 * count) < end)
                    {
                        (d, place) = (T.Load(ref dy0, output + count), T.Load(ref places0, output + count));
                        line.Add(
                            kernel,
                            T.Load(ref x0, at + (2 * count)),
                            T.Equal(place, left) & d,
                            ref chains.S2,
                            ref chains.P2
                        );
                        line.Add(
                            kernel,
                            T.Load(ref x0, at + (3 * count)),
                            T.Equal(place, right) & d,
                            ref chains.S3,
                            ref chains.P3
                        );
                    }
                }
                chains.Store(ref sums0, count, j, isTurned);
            }
            isTurned ^= width % 4 != 0;
            if (!isUpper)
                o += below / 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(
        ReadOnlySpan<float> x,
        NormalizedChannels channels,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> places,
        Span<float> dx
    )
    {
        var kernel = formula;
        var (count, below) = ((nuint)channels.Count, (nuint)(width * channels.Count));
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var places0 = ref MemoryMarshal.GetReference(places);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        for (var (row, o) = ((nuint)0, (nuint)0); row < (nuint)x.Length; row += 2 * below, o += below / 2)
        {
            for (nuint j = 0; j < count; j += (nuint)T.Count)
            {
                var line = new NormalizedLine<T>(channels, j);
                var output = o + j;
                for (var at = row + j; at < row + below; at += 2 * count, output += count)
                {
                    var (d, place) = (T.Load(ref dy0, output), T.Load(ref places0, output));
                    Turn(kernel, line, ref x0, T.Equal(place, 0f) & d, ref dx0, at);
                    Turn(kernel, line, ref x0, T.Equal(place, 1f) & d, ref dx0, at + count);
                    Turn(kernel, line, ref x0, T.Equal(place, 2f) & d, ref dx0, at + below);
                    Turn(kernel, line, ref x0, T.Equal(place, 3f) & d, ref dx0, at + below + count);
                }
            }
        }
    }

    /// <summary>Of equal values the first stays the largest, and a NaN is larger than any number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(T value, T at, ref T max, ref T place)
    {
        var stays = (value <= max) | T.Select(T.Equal(max, max), 0f, T.OfBits(-1));
        max = T.Select(stays, max, value);
        place = T.Select(stays, place, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(TKernel kernel, in NormalizedLine<T> line, ref float x, T dy, ref float dx, nuint at) =>
        line.Backward(kernel, T.Load(ref x, at), dy).Store(ref dx, at);
}
