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
    private const int CanonicalNaN = 0x7FC00000;

    /// <summary>
    /// The nearest number that leaves so many bits of a float32 out. A number beyond the largest carries into the exponent. x is not
    /// negative.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Without<T>(int bits, T x)
        where T : struct, IFloats<T>
    {
        var odd = T.ShiftBitsRight(x, bits) & T.OfBits(1);
        return T.AddBits(x, T.AddBits(T.OfBits((1 << (bits - 1)) - 1), odd)) & T.OfBits(-(1 << bits));
    }

    /// <summary>A rounded magnitude with the sign of the number that it is of; NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Of<T>(T magnitude, T x)
        where T : struct, IFloats<T> => T.Select(T.Equal(x, x), magnitude | (x & -0f), T.OfBits(CanonicalNaN));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void All<TFormat>(ReadOnlySpan<float> x, Span<float> y)
        where TFormat : struct, Float32.IFunction
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y[..x.Length]);
        var i = 0;
        for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            Float32.Sixteen<TFormat>(Vector512.LoadUnsafe(ref x0, (nuint)i)).StoreUnsafe(ref y0, (nuint)i);
        for (; i < x.Length; i++)
            y[i] = Float32.One<TFormat>(x[i]);
    }
}
