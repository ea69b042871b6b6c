using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="Erfc(Vector512{float})"/>
    public static float Erfc(float x) => One<ErfcFunction>(x);

    /// <summary>
    /// erfc x = 1 − erf x. For a = |x| ≥ 0.46875, erfc a = e^(−a²) g(q) / (a + 2) with q = (a − 2) / (a + 2) and a minimax polynomial
    /// g, after M. Shepherd and J. Laframboise, <em>Chebyshev approximation of (1 + 2x) exp(x²) erfc x in 0 ≤ x &lt; ∞</em>, Math. Comp.
    /// 36 (1981).
    /// </summary>
    /// <remarks>−∞ gives 2, ∞ gives 0, NaN gives NaN. The normal distribution function Φ(x) is ½ erfc(−x/√2).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erfc(Vector512<float> x) => Sixteen<ErfcFunction>(x);

    private readonly struct ErfcFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var a = T.Abs(x);
            var large = OfPositive(a);
            large = T.Select(x < 0f, 2f - large, large);
            return T.Select(a < 0.46875f, 1f - ErfFunction.OfSmall(x), large);
        }

        /// <summary>
        /// erfc a for a ≥ 0.46875. The rounding errors that matter are carried along, in variables named <c>…Low</c>.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T OfPositive<T>(T a)
            where T : struct, IFloats<T>
        {
            a = T.AtMost(a, 10.0625f);
            var square = a * a;
            var squareLow = T.MultiplyAdd(a, a, -square);
            var rounded = T.MultiplyAdd(square, -Log2E, Rounder);
            var n = rounded - Rounder;
            var exact = T.MultiplyAdd(n, -Ln2High, -square);
            var correction = T.MultiplyAdd(n, -Ln2Low, -squareLow);
            var r = exact + correction;
            var rLow = correction - (r - exact);

            var d = a + 2f;
            var dLow = a - (d - 2f);
            var t = 1f / d;
            var tLow = t * T.MultiplyAdd(-t, dLow, T.MultiplyAdd(-t, d, 1f));
            var q = T.MultiplyAdd(tLow, -4f, T.MultiplyAdd(t, -4f, 1f));

            T h = -0.000446131598f;
            h = T.MultiplyAdd(h, q, -0.000804828596f);
            h = T.MultiplyAdd(h, q, 0.00297836354f);
            h = T.MultiplyAdd(h, q, 0.0064725806f);
            h = T.MultiplyAdd(h, q, -0.021487819f);
            h = T.MultiplyAdd(h, q, -0.0364420041f);
            h = T.MultiplyAdd(h, q, 0.279470503f);
            h = T.MultiplyAdd(h, q, -0.687160671f);
            var g = T.MultiplyAdd(h, q, 1.02158272f);
            var gLow = T.MultiplyAdd(h, q, 1.02158272f - g);

            // y = g eʳ = g + (g r + (g (eʳ − 1 − r) + what g and r lack))
            var rest = T.MultiplyAdd(g, T.MultiplyAdd(ExpFunction.Quotient(r), r * r, rLow), gLow);
            rest = T.MultiplyAdd(g, r, rest);
            var y = g + rest;
            var yLow = rest - (y - g);
            return T.Scale(T.MultiplyAdd(y, t, T.MultiplyAdd(y, tLow, yLow * t)), rounded);
        }
    }
}
