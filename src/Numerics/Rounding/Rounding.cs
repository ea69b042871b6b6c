using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

/// <summary>
/// Rounding of float32 to a narrower format: to the nearest of its numbers, of two equally near ones to the even one, beyond the
/// largest to infinity. What comes out is that number as float32. Zeros keep their sign; NaN gives NaN, of the bits 0x7FC00000.
/// Made of integer operations, and of additions that round as IEEE 754 says: the same bits on every processor.
/// </summary>
public static partial class Rounding
{
    private const int SignBit = int.MinValue;
    private const int InfinityBits = 0x7F800000;
    private const int CanonicalNaN = 0x7FC00000;

    /// <summary>A format, of one number and of sixteen.</summary>
    private interface IFormat
    {
        static abstract float Of(float x);

        static abstract Vector512<float> Of(Vector512<float> x);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void All<TFormat>(ReadOnlySpan<float> x, Span<float> y)
        where TFormat : struct, IFormat
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        var i = 0;
        for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            TFormat.Of(Vector512.LoadUnsafe(ref x0, (nuint)i)).StoreUnsafe(ref y0, (nuint)i);
        for (; i < x.Length; i++)
            y[i] = TFormat.Of(x[i]);
    }
}
