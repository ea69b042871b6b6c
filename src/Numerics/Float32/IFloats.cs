using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>
/// Lanes of float32 with the operations that the functions are made of, each IEEE-754's own and so the same on every processor. Functions
/// are written once over this. Left to the runtime, which splits <c>Vector512</c> one operation at a time where registers are narrower,
/// they would be several times slower there. A mask has all bits of a lane set or none.
/// </summary>
internal interface IFloats<T>
    where T : struct, IFloats<T>
{
    /// <summary>A number in every lane.</summary>
    static abstract implicit operator T(float x);

    static abstract T operator +(T x, T y);

    static abstract T operator -(T x, T y);

    static abstract T operator *(T x, T y);

    static abstract T operator /(T x, T y);

    static abstract T operator -(T x);

    static abstract T operator &(T x, T y);

    static abstract T operator |(T x, T y);

    /// <summary>A mask; NaN compares false.</summary>
    static abstract T operator <(T x, T y);

    /// <summary>A mask; NaN compares false.</summary>
    static abstract T operator >(T x, T y);

    /// <summary>A mask; NaN compares false.</summary>
    static abstract T operator <=(T x, T y);

    /// <summary>A mask; NaN compares false.</summary>
    static abstract T operator >=(T x, T y);

    /// <summary>A mask; NaN compares false.</summary>
    static abstract T Equal(T x, T y);

    /// <summary><paramref name="x"/> where the mask is set, else <paramref name="y"/>.</summary>
    static abstract T Select(T mask, T x, T y);

    /// <summary>x·y + sum, rounded once.</summary>
    static abstract T MultiplyAdd(T x, T y, T sum);

    static abstract T Abs(T x);

    /// <summary>The number of the given bits in every lane.</summary>
    static abstract T OfBits(int bits);

    /// <summary>The sum of bits as whole numbers, modulo 2³².</summary>
    static abstract T AddBits(T x, T y);

    /// <summary>The difference of bits as whole numbers, modulo 2³².</summary>
    static abstract T SubtractBits(T x, T y);

    static abstract T ShiftBitsLeft(T x, int count);

    /// <summary>Bits shifted as a signed whole number: the uppermost bit is repeated.</summary>
    static abstract T ShiftBitsRight(T x, int count);

    /// <summary>The float nearest to the bits as a signed whole number.</summary>
    static abstract T BitsToFloat(T x);

    /// <summary>x, but where it is greater the bound, which is neither 0 nor NaN; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T AtMost(T x, T bound) => T.Select(x > bound, bound, x);

    /// <summary>x, but where it is less the bound, which is neither 0 nor NaN; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T AtLeast(T x, T bound) => T.Select(x < bound, bound, x);

    /// <summary>
    /// y · 2ⁿ, rounded once, for whole −150 ≤ n ≤ 128 and 2⁻⁵⁰ &lt; |y| &lt; 2⁵⁰, where <paramref name="rounded"/> is
    /// n + <see cref="Float32.Rounder"/>: in two steps, of which only the last can round.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual T Scale(T y, T rounded)
    {
        var n = T.SubtractBits(rounded, Float32.Rounder);
        var half = T.ShiftBitsRight(n, 1);
        return y * PowerOf2(half) * PowerOf2(T.SubtractBits(n, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T PowerOf2(T n) => T.ShiftBitsLeft(T.AddBits(n, T.OfBits(127)), 23);
}
