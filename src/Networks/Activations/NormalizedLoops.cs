using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Networks.Normalizations;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>Those without pooling: all is [positions, channels].</summary>
/// <param name="formula">The activation.</param>
internal sealed class NormalizedLoops<TKernel, T>(TKernel formula) : IUnitLoops
    where TKernel : struct, IActivationKernel
    where T : struct, IRegister<T>, IFloats<T>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(ReadOnlySpan<float> x, NormalizedChannels channels, Span<float> y, Span<float> places)
    {
        var kernel = formula;
        var count = (nuint)channels.Count;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        for (nuint j = 0; j < count; j += (nuint)T.Count)
        {
            var line = new NormalizedLine<T>(channels, j);
            for (var at = j; at < (nuint)x.Length; at += count)
                line.Forward(kernel, T.Load(ref x0, at)).Store(ref y0, at);
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
        var (count, end) = ((nuint)channels.Count, (nuint)x.Length);
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var dy0 = ref MemoryMarshal.GetReference(dy[..x.Length]);
        ref var sums0 = ref MemoryMarshal.GetReference(sums[..(8 * channels.Count)]);
        for (nuint j = 0; j < count; j += (nuint)T.Count)
        {
            var line = new NormalizedLine<T>(channels, j);
            var chains = default(SumChains<T>);
            for (var at = j; at < end; at += 4 * count)
            {
                Add(line, kernel, ref x0, ref dy0, at, ref chains.S0, ref chains.P0);
                if (at + count < end)
                    Add(line, kernel, ref x0, ref dy0, at + count, ref chains.S1, ref chains.P1);
                if (at + (2 * count) < end)
                    Add(line, kernel, ref x0, ref dy0, at + (2 * count), ref chains.S2, ref chains.P2);
                if (at + (3 * count) < end)
                    Add(line, kernel, ref x0, ref dy0, at + (3 * count), ref chains.S3, ref chains.P3);
            }
            chains.Store(ref sums0, count, j, isTurned: false);
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
        var count = (nuint)channels.Count;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var dy0 = ref MemoryMarshal.GetReference(dy[..x.Length]);
        ref var dx0 = ref MemoryMarshal.GetReference(dx[..x.Length]);
        for (nuint j = 0; j < count; j += (nuint)T.Count)
        {
            var line = new NormalizedLine<T>(channels, j);
            for (var at = j; at < (nuint)x.Length; at += count)
                line.Backward(kernel, T.Load(ref x0, at), T.Load(ref dy0, at)).Store(ref dx0, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        in NormalizedLine<T> line,
        TKernel kernel,
        ref float x,
        ref float dy,
        nuint at,
        ref T sum,
        ref T product
    ) => line.Add(kernel, T.Load(ref x, at), T.Load(ref dy, at), ref sum, ref product);
}
