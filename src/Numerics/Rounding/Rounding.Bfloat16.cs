using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Rounding
{
    /// <summary>
    /// The nearest number of bfloat16, the upper half of a float32: 8 bits of precision, the range of float32, subnormal numbers
    /// included.
    /// </summary>
    public static float ToBfloat16(float x) => Float32.One<Bfloat16Format>(x);

    /// <inheritdoc cref="ToBfloat16(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToBfloat16(Vector512<float> x) => Float32.Sixteen<Bfloat16Format>(x);

    /// <summary>The nearest number of bfloat16, element by element.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="y">Where to write them rounded, at least as long; may be the same memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    public static void ToBfloat16(ReadOnlySpan<float> x, Span<float> y) => All<Bfloat16Format>(x, y);

    private readonly struct Bfloat16Format : Float32.IFunction
    {
        private const int Dropped = 16;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T> => Rounding.Of(Without(Dropped, T.Abs(x)), x);
    }
}
