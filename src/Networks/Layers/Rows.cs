using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Layers;

/// <summary>Passes over whole batches, or over all parameters, that several need.</summary>
internal static class Rows
{
    /// <summary>Fills y with copies of a row, twice as many each time.</summary>
    public static void Repeat(ReadOnlySpan<float> row, Span<float> y)
    {
        row.CopyTo(y);
        for (var done = row.Length; done < y.Length; done *= 2)
            y[..Math.Min(done, y.Length - done)].CopyTo(y[done..]);
    }

    /// <summary>y += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> x, Span<float> y)
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        var i = 0;
        for (; i < Lanes.Whole(x.Length); i += Lanes.Count)
            (Vector512.LoadUnsafe(ref y0, (nuint)i) + Vector512.LoadUnsafe(ref x0, (nuint)i)).StoreUnsafe(
                ref y0,
                (nuint)i
            );
        for (; i < x.Length; i++)
            y[i] += x[i];
    }

    /// <summary>y = x·factor, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> factors, Span<float> y)
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var factors0 = ref MemoryMarshal.GetReference(factors[..x.Length]);
        ref var y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        var i = 0;
        for (; i < Lanes.Whole(x.Length); i += Lanes.Count)
            (Vector512.LoadUnsafe(ref x0, (nuint)i) * Vector512.LoadUnsafe(ref factors0, (nuint)i)).StoreUnsafe(
                ref y0,
                (nuint)i
            );
        for (; i < x.Length; i++)
            y[i] = x[i] * factors[i];
    }

    /// <summary>y = a·x; the two may be the same memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(ReadOnlySpan<float> x, float a, Span<float> y)
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        var i = 0;
        for (; i < Lanes.Whole(x.Length); i += Lanes.Count)
            (Vector512.LoadUnsafe(ref x0, (nuint)i) * a).StoreUnsafe(ref y0, (nuint)i);
        for (; i < x.Length; i++)
            y[i] = x[i] * a;
    }
}
