using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

/// <summary>
/// Philox4x32-10: a bijection of 128-bit counters, chosen by a 64-bit key. J. Salmon, M. Moraes, R. Dror, D. Shaw,
/// <em>Parallel random numbers: as easy as 1, 2, 3</em>, SC 2011. Words are named from the least significant one.
/// </summary>
internal static class Philox4x32
{
    /// <summary>The number of words that <see cref="Blocks"/> makes at a time.</summary>
    public const int WordsOfBlocks = 32;

    private const int Rounds = 10;
    private const uint M0 = 0xD2511F53;
    private const uint M1 = 0xCD9E8D57;
    private const uint W0 = 0x9E3779B9;
    private const uint W1 = 0xBB67AE85;

    /// <summary>The four words that a counter is mapped to.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)M0 * c0;
            var p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The words of eight counters, of which the first is given and the others follow by their lowest word, modulo 2³².</summary>
    /// <param name="c0">The counter's lowest word.</param>
    /// <param name="c1">The counter's second word.</param>
    /// <param name="c2">The counter's third word.</param>
    /// <param name="c3">The counter's highest word.</param>
    /// <param name="k0">The key's lower word.</param>
    /// <param name="k1">The key's upper word.</param>
    /// <param name="words">Where the 32 words go, counter after counter.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, Span<uint> words)
    {
        var lower = Vector512.Create((ulong)uint.MaxValue);
        var x0 = (Vector512.Create((ulong)c0) + Vector512<ulong>.Indices) & lower;
        var (x1, x2, x3) = (Vector512.Create((ulong)c1), Vector512.Create((ulong)c2), Vector512.Create((ulong)c3));
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = x0 * Vector512.Create((ulong)M0);
            var p1 = x2 * Vector512.Create((ulong)M1);
            x0 = (p1 >> 32) ^ x1 ^ Vector512.Create((ulong)k0);
            x1 = p1 & lower;
            x2 = (p0 >> 32) ^ x3 ^ Vector512.Create((ulong)k1);
            x3 = p0 & lower;
            k0 += W0;
            k1 += W1;
        }
        var halves = MemoryMarshal.Cast<uint, ulong>(words);
        Span<ulong> pairs = stackalloc ulong[2 * Vector512<ulong>.Count];
        (x0 | (x1 << 32)).CopyTo(pairs);
        (x2 | (x3 << 32)).CopyTo(pairs[Vector512<ulong>.Count..]);
        for (var i = 0; i < Vector512<ulong>.Count; i++)
            (halves[2 * i], halves[(2 * i) + 1]) = (pairs[i], pairs[i + Vector512<ulong>.Count]);
    }
}
