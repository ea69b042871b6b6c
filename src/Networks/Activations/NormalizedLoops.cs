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
            T s0 = 0f,
                s1 = 0f,
                s2 = 0f,
                s3 = 0f;
            T p0 = 0f,
                p1 = 0f,
                p2 = 0f,
                p3 = 0f;
            for (var at = j; at < end; at += 4 * count)
            {
                line.Add(kernel, T.Load(ref x0, at), T.Load(ref dy0, at), ref s0, ref p0);
                if (at + count < end)
                    line.Add(kernel, T.Load(ref x0, at + count), T.Load(ref dy0, at + count), ref s1, ref p1);
                if (at + (2 * count) < end)
                    line.Add(
                        kernel,
                        T.Load(ref x0, at + (2 * count)),
                        T.Load(ref dy0, at + (2 * count)),
                        ref s2,
                        ref p2
                    );
                if (at + (3 * count) < end)
                    line.Add(
                        kernel,
                        T.Load(ref x0, at + (3 * count)),
                        T.Load(ref dy0, at + (3 * count)),
                        ref s3,
                        ref p3
                    );
            }
            s0.Store(ref sums0, j);
            s1.Store(ref sums0, count + j);
            s2.Store(ref sums0, (2 * count) + j);
            s3.Store(ref sums0, (3 * count) + j);
            p0.Store(ref sums0, (4 * count) + j);
            p1.Store(ref sums0, (5 * count) + j);
            p2.Store(ref sums0, (6 * count) + j);
            p3.Store(ref sums0, (7 * count) + j);
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
}
