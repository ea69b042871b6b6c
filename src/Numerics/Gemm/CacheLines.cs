using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Numerics;

/// <summary>Has memory on its way before it is needed: a hint, without effect on any result.</summary>
internal static unsafe class CacheLines
{
    /// <summary>The length of a line.</summary>
    public const int Bytes = 64;

    /// <summary>Fetches into the second-level cache, where the processor can be told to.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="length">So many bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(byte* start, int length)
    {
        for (var at = 0; Sse.IsSupported && at < length; at += Bytes)
            Sse.Prefetch1(start + at);
    }
}
