using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    private const float Log2E = 1.44269504f;
    private const float Ln2Low = 1.42860677e-6f;

    /// <summary>The upper 15 bits of ln 2, so that products with exponents are exact.</summary>
    private const float Ln2High = 0.693145752f;

    /// <summary>1.5 · 2²³: adding it rounds a small number to a whole one, which then stands in the lower bits.</summary>
    private const float Rounder = 12582912f;

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    public static float Exp(float x) => One<ExpFunction>(x);

    /// <summary>
    /// eˣ = 2ⁿ · eʳ with n = x / ln 2 rounded and r = x − n ln 2; eʳ = 1 + r + r² q(r) with a minimax polynomial q.
    /// </summary>
    /// <remarks>−∞ gives 0; ∞, and all from 88.72284 on, give ∞; NaN gives NaN. Subnormal results are rounded once.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Sixteen<ExpFunction>(x);

    /// <inheritdoc cref="Exp(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Exp<T>(T x)
        where T : struct, IFloats<T> => ExpFunction.Of(x);

    private readonly struct ExpFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var z = T.Select(x < -104f, -104f, x);
            z = T.Select(z > 89f, 89f, z);
            var rounded = T.MultiplyAdd(z, Log2E, Rounder);
            var n = rounded - Rounder;
            var r = T.MultiplyAdd(n, -Ln2Low, T.MultiplyAdd(n, -Ln2High, z));
            return Scale(1f + T.MultiplyAdd(Quotient(r), r * r, r), rounded);
        }

        /// <summary>q(r) = (eʳ − 1 − r) / r² for |r| ≤ ½ ln 2, to 2⁻²⁸ of eʳ.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Quotient<T>(T r)
            where T : struct, IFloats<T>
        {
            T q = 0.00138201471f;
            q = T.MultiplyAdd(q, r, 0.00836925022f);
            q = T.MultiplyAdd(q, r, 0.0416682884f);
            q = T.MultiplyAdd(q, r, 0.166665167f);
            return T.MultiplyAdd(q, r, 0.49999994f);
        }

        /// <summary>
        /// y · 2ⁿ for −150 ≤ n ≤ 128, where <paramref name="rounded"/> is n + <see cref="Rounder"/>: in two steps, of which only
        /// the last can round.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Scale<T>(T y, T rounded)
            where T : struct, IFloats<T>
        {
            var n = T.SubtractBits(rounded, Rounder);
            var half = T.ShiftBitsRight(n, 1);
            return y * PowerOf2(half) * PowerOf2(T.SubtractBits(n, half));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T PowerOf2<T>(T n)
            where T : struct, IFloats<T> => T.ShiftBitsLeft(T.AddBits(n, T.OfBits(127)), 23);
    }
}
