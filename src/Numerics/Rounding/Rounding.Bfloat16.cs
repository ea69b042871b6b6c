using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Rounding
{
    /// <summary>
    /// The nearest number of bfloat16, the upper half of a float32: 8 bits of precision, the range of float32, subnormal numbers
    /// included.
    /// </summary>
    public static float ToBfloat16(float x) => Bfloat16Format.Of(x);

    /// <inheritdoc cref="ToBfloat16(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToBfloat16(Vector512<float> x) => Bfloat16Format.Of(x);

    /// <summary>The nearest number of bfloat16, element by element.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="y">Where to write them rounded, at least as long; may be the same memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    public static void ToBfloat16(ReadOnlySpan<float> x, Span<float> y) => All<Bfloat16Format>(x, y);

    private readonly struct Bfloat16Format : IFormat
    {
        private const int Dropped = 16;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Of(float x)
        {
            var bits = BitConverter.SingleToInt32Bits(x);
            var magnitude = bits & ~SignBit;
            var half = (1 << (Dropped - 1)) - 1 + ((magnitude >> Dropped) & 1);
            var rounded = (magnitude + half) & -(1 << Dropped);
            return BitConverter.Int32BitsToSingle(magnitude > InfinityBits ? CanonicalNaN : rounded | (bits & SignBit));
        }

        // A number beyond the largest carries into the exponent, and is infinity.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Of(Vector512<float> x)
        {
            var bits = x.AsInt32();
            var magnitude = bits & Vector512.Create(~SignBit);
            var half = Vector512.Create((1 << (Dropped - 1)) - 1) + ((magnitude >> Dropped) & Vector512<int>.One);
            var rounded = (magnitude + half) & Vector512.Create(-(1 << Dropped));
            return Vector512
                .ConditionalSelect(
                    Vector512.GreaterThan(magnitude, Vector512.Create(InfinityBits)),
                    Vector512.Create(CanonicalNaN),
                    rounded | (bits & Vector512.Create(SignBit))
                )
                .AsSingle();
        }
    }
}
