using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// Four chains of sums of gradients g, and of g·x̂, over the positions of some channels: a position's chain is its number modulo four, as
/// in <see cref="ColumnSums"/>. In memory they are [2, 4, channels].
/// </summary>
internal struct SumChains<T>
    where T : struct, IRegister<T>, IFloats<T>
{
    /// <summary>The sums of g.</summary>
    public T S0,
        S1,
        S2,
        S3;

    /// <summary>The sums of g·x̂.</summary>
    public T P0,
        P1,
        P2,
        P3;

    /// <summary>Reads them.</summary>
    /// <param name="sums">Where they stand.</param>
    /// <param name="channels">The number of all channels.</param>
    /// <param name="first">The first of those meant.</param>
    /// <param name="isTurned">Whether the first two and the last two change places.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SumChains(ref float sums, nuint channels, nuint first, bool isTurned)
    {
        var (upper, lower) = Places(channels, first, isTurned);
        S0 = T.Load(ref sums, upper);
        S1 = T.Load(ref sums, upper + channels);
        S2 = T.Load(ref sums, lower);
        S3 = T.Load(ref sums, lower + channels);
        P0 = T.Load(ref sums, upper + (4 * channels));
        P1 = T.Load(ref sums, upper + (5 * channels));
        P2 = T.Load(ref sums, lower + (4 * channels));
        P3 = T.Load(ref sums, lower + (5 * channels));
    }

    /// <summary>Writes them where they were read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float sums, nuint channels, nuint first, bool isTurned)
    {
        var (upper, lower) = Places(channels, first, isTurned);
        S0.Store(ref sums, upper);
        S1.Store(ref sums, upper + channels);
        S2.Store(ref sums, lower);
        S3.Store(ref sums, lower + channels);
        P0.Store(ref sums, upper + (4 * channels));
        P1.Store(ref sums, upper + (5 * channels));
        P2.Store(ref sums, lower + (4 * channels));
        P3.Store(ref sums, lower + (5 * channels));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (nuint Upper, nuint Lower) Places(nuint channels, nuint first, bool isTurned) =>
        isTurned ? ((2 * channels) + first, first) : (first, (2 * channels) + first);
}
