using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks;

/// <summary>Sixteen lanes at a time from rows whose length need not be a multiple of sixteen.</summary>
internal static class Lanes
{
    /// <summary>The number of lanes.</summary>
    public const int Count = 16;

    /// <summary><paramref name="length"/> rounded down to whole vectors.</summary>
    public static int Whole(int length) => length & -Count;

    /// <summary>All bits set in the first lanes, none in the others.</summary>
    public static Vector512<float> First(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    /// <summary>
    /// The sum of sixteen lanes, folded in halves as <see cref="Numerics.Reduce.SumLanes"/> does:
    /// the reference for tests.
    /// </summary>
    public static float SumReference(Span<float> lanes)
    {
        for (var half = Count / 2; half > 0; half /= 2)
        {
            for (var lane = 0; lane < half; lane++)
                lanes[lane] += lanes[lane + half];
        }
        return lanes[0];
    }

    /// <summary>The first lanes from <c>x[start]</c> on, the others filled.</summary>
    // What follows in memory is read too and discarded, which is fast; at the very end nothing follows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadFirst(ReadOnlySpan<float> x, int start, int count, Vector512<float> filler) =>
        start <= x.Length - Count
            ? Vector512.ConditionalSelect(
                First(count),
                Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)start),
                filler
            )
            : LoadLast(x.Slice(start, count), filler);

    /// <summary>Writes the first lanes to <c>y[start]</c> and on, and nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(Vector512<float> lanes, int count, Span<float> y, int start)
    {
        if (start > y.Length - Count)
        {
            StoreLast(lanes, y.Slice(start, count));
            return;
        }
        ref var y0 = ref MemoryMarshal.GetReference(y);
        Vector512
            .ConditionalSelect(First(count), lanes, Vector512.LoadUnsafe(ref y0, (nuint)start))
            .StoreUnsafe(ref y0, (nuint)start);
    }

    private static Vector512<float> LoadLast(ReadOnlySpan<float> x, Vector512<float> filler)
    {
        Span<float> lanes = stackalloc float[Count];
        filler.CopyTo(lanes);
        x.CopyTo(lanes);
        return Vector512.Create<float>(lanes);
    }

    private static void StoreLast(Vector512<float> lanes, Span<float> y)
    {
        Span<float> copy = stackalloc float[Count];
        lanes.CopyTo(copy);
        copy[..y.Length].CopyTo(y);
    }
}
