using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="ExpM1(Vector512{float})"/>
    public static float ExpM1(float x) => One<ExpM1Function>(x);

    /// <summary>
    /// eˣ − 1 = (2ⁿ − 1) + 2ⁿ r + 2ⁿ r² q(r), with n, r and q as in <see cref="Exp(Vector512{float})"/>.
    /// </summary>
    /// <remarks>
    /// ±0 gives ±0; −∞ gives −1; ∞, and all from 88.72284 on, give ∞; NaN gives NaN. Subnormal numbers are their own values.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpM1(Vector512<float> x) => Sixteen<ExpM1Function>(x);

    /// <inheritdoc cref="ExpM1(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ExpM1<T>(T x)
        where T : struct, IFloats<T> => ExpM1Function.Of(x);

    private readonly struct ExpM1Function : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var z = T.AtMost(T.AtLeast(x, -18f), 89f);
            var rounded = T.MultiplyAdd(z, Log2E, Rounder);
            var n = rounded - Rounder;
            var r = T.MultiplyAdd(n, -Ln2Low, T.MultiplyAdd(n, -Ln2High, z));

            // Half of it, as 2ⁿ alone would overflow at n = 128.
            var power = T.AddBits(T.ShiftBitsLeft(rounded, 23), 0.5f);
            var y = T.MultiplyAdd(ExpFunction.Quotient(r) * (r * r), power, T.MultiplyAdd(r, power, power - 0.5f));
            return T.Select(T.Abs(x) < 2.98023224e-08f, x, y + y);
        }
    }
}
