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
    internal const float Rounder = 12582912f;

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
            var z = T.AtMost(T.AtLeast(x, -104f), 89f);
            var rounded = T.MultiplyAdd(z, Log2E, Rounder);
            var n = rounded - Rounder;
            var r = T.MultiplyAdd(n, -Ln2Low, T.MultiplyAdd(n, -Ln2High, z));
            return T.Scale(1f + T.MultiplyAdd(Quotient(r), r * r, r), rounded);
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
    }
}
