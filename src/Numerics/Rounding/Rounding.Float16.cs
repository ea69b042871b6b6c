using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Rounding
{
    /// <summary>
    /// The nearest number of IEEE 754 binary16: 11 bits of precision from 2⁻¹⁴, below that multiples of 2⁻²⁴; the largest is 65504, and
    /// from 65520 on there is infinity. At most 2⁻²⁵ gives 0.
    /// </summary>
    public static float ToFloat16(float x) => Float32.One<Float16Format>(x);

    /// <inheritdoc cref="ToFloat16(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToFloat16(Vector512<float> x) => Float32.Sixteen<Float16Format>(x);

    /// <summary>The nearest number of IEEE 754 binary16, element by element.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="y">Where to write them rounded, at least as long; may be the same memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    public static void ToFloat16(ReadOnlySpan<float> x, Span<float> y) => All<Float16Format>(x, y);

    private readonly struct Float16Format : Float32.IFunction
    {
        // Float32 has 13 bits more than float16.
        private const int Dropped = 13;
        private const float SmallestNormal = 1f / (1 << 14);
        private const float TooLarge = 1 << 16;

        // Next to ½ neighbours are 2⁻²⁴ apart, as float16's subnormal numbers are.
        private const float Grid = 0.5f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var magnitude = T.Abs(x);
            var normal = Without(Dropped, magnitude);
            normal = T.Select(normal < TooLarge, normal, float.PositiveInfinity);
            return Rounding.Of(T.Select(magnitude < SmallestNormal, magnitude + Grid - Grid, normal), x);
        }
    }
}
