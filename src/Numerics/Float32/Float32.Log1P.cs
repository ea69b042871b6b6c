using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="Log1P(Vector512{float})"/>
    public static float Log1P(float x) => One<Log1PFunction>(x);

    /// <summary>
    /// ln (1 + x) = n ln 2 + ln (1 + f) with 1 + x = 2ⁿ (1 + f), −¼ &lt; f ≤ ½, and f = 2⁻ⁿ x − (1 − 2⁻ⁿ), so that nothing of a small x
    /// is lost; ln (1 + f) = f − f²/2 + f³ q(f) with a minimax polynomial q.
    /// </summary>
    /// <remarks>
    /// ±0 gives ±0, −1 gives −∞, ∞ gives ∞, less than −1 and NaN give NaN. Subnormal numbers are their own values.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1P(Vector512<float> x) => Sixteen<Log1PFunction>(x);

    /// <inheritdoc cref="Log1P(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Log1P<T>(T x)
        where T : struct, IFloats<T> => Log1PFunction.Of(x);

    private readonly struct Log1PFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var sum = 1f + x;
            var minusN = T.ShiftBitsRight(T.SubtractBits(1.5f, sum), 23);
            var scale = T.ShiftBitsLeft(minusN, 23);

            // 4 · 2⁻ⁿ, as 2⁻ⁿ alone would be subnormal at n = 128. That 0 is subtracted here, and added as −0 below, keeps the sign of −0.
            var f = T.AddBits(x, scale) - T.MultiplyAdd(T.AddBits(4f, scale), -0.25f, 1f);

            T q = -0.0450743213f;
            q = T.MultiplyAdd(q, f, 0.104628235f);
            q = T.MultiplyAdd(q, f, -0.131609336f);
            q = T.MultiplyAdd(q, f, 0.144782767f);
            q = T.MultiplyAdd(q, f, -0.166472733f);
            q = T.MultiplyAdd(q, f, 0.199908495f);
            q = T.MultiplyAdd(q, f, -0.250000983f);
            q = T.MultiplyAdd(q, f, 0.333334506f);
            q = T.MultiplyAdd(q, f, -0.5f);
            var y = T.MultiplyAdd(T.BitsToFloat(minusN), -0.693147182f, T.MultiplyAdd(q, f * f, f));

            var limit = T.Select(T.Equal(sum, 0f), float.NegativeInfinity, float.NaN);
            y = T.Select(sum > 0f, y, limit);
            return T.Select(T.Equal(x, float.PositiveInfinity), x, y);
        }
    }
}
