using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Rounding
{
    /// <summary>
    /// The nearest number of IEEE 754 binary16: 11 bits of precision from 2⁻¹⁴, below that multiples of 2⁻²⁴; the largest is 65504, and
    /// from 65520 on there is infinity. At most 2⁻²⁵ gives 0.
    /// </summary>
    public static float ToFloat16(float x) => Float16Format.Of(x);

    /// <inheritdoc cref="ToFloat16(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToFloat16(Vector512<float> x) => Float16Format.Of(x);

    /// <summary>The nearest number of IEEE 754 binary16, element by element.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="y">Where to write them rounded, at least as long; may be the same memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    public static void ToFloat16(ReadOnlySpan<float> x, Span<float> y) => All<Float16Format>(x, y);

    private readonly struct Float16Format : IFormat
    {
        // Float32 has 13 bits more than float16.
        private const int Dropped = 13;
        private const int SmallestNormal = 0x38800000; // 2⁻¹⁴
        private const int TooLarge = 0x47800000; // 2¹⁶

        // Next to ½ neighbours are 2⁻²⁴ apart, as float16's subnormal numbers are.
        private const float Grid = 0.5f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float Of(float x)
        {
            var bits = BitConverter.SingleToInt32Bits(x);
            var magnitude = bits & ~SignBit;
            if (magnitude > InfinityBits)
                return BitConverter.Int32BitsToSingle(CanonicalNaN);
            int rounded;
            if (magnitude < SmallestNormal)
            {
                rounded = BitConverter.SingleToInt32Bits(BitConverter.Int32BitsToSingle(magnitude) + Grid - Grid);
            }
            else
            {
                var half = (1 << (Dropped - 1)) - 1 + ((magnitude >> Dropped) & 1);
                rounded = (magnitude + half) & -(1 << Dropped);
                rounded = rounded >= TooLarge ? InfinityBits : rounded;
            }
            return BitConverter.Int32BitsToSingle(rounded | (bits & SignBit));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Of(Vector512<float> x)
        {
            var bits = x.AsInt32();
            var magnitude = bits & Vector512.Create(~SignBit);
            var half = Vector512.Create((1 << (Dropped - 1)) - 1) + ((magnitude >> Dropped) & Vector512<int>.One);
            var normal = (magnitude + half) & Vector512.Create(-(1 << Dropped));
            normal = Vector512.ConditionalSelect(
                Vector512.LessThan(normal, Vector512.Create(TooLarge)),
                normal,
                Vector512.Create(InfinityBits)
            );
            var subnormal = (magnitude.AsSingle() + Vector512.Create(Grid) - Vector512.Create(Grid)).AsInt32();
            var rounded = Vector512.ConditionalSelect(
                Vector512.LessThan(magnitude, Vector512.Create(SmallestNormal)),
                subnormal,
                normal
            );
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
