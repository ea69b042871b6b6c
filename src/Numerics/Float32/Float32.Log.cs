using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="Log(Vector512{float})"/>
    public static float Log(float x) => One<LogFunction>(x);

    /// <summary>
    /// ln x = n ln 2 + ln (1 + f) with x = 2ⁿ (1 + f), −⅓ ≤ f &lt; ⅓; ln (1 + f) = f − f²/2 + f³ q(f) with a minimax polynomial q.
    /// </summary>
    /// <remarks>0 and −0 give −∞, ∞ gives ∞, negative numbers and NaN give NaN. Subnormal arguments are taken exactly.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Sixteen<LogFunction>(x);

    private readonly struct LogFunction : IFunction
    {
        private const int TwoThirds = 0x3F2AAAAB;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var isSubnormal = x < 1.17549435e-38f;
            var normal = T.Select(isSubnormal, x * 8388608f, x);
            var n = T.ShiftBitsRight(T.SubtractBits(normal, T.OfBits(TwoThirds)), 23);
            var f = T.SubtractBits(normal, T.ShiftBitsLeft(n, 23)) - 1f;
            var exponent = T.BitsToFloat(T.SubtractBits(n, isSubnormal & T.OfBits(23)));

            T q = -0.131802365f;
            q = T.MultiplyAdd(q, f, 0.139460132f);
            q = T.MultiplyAdd(q, f, -0.121181503f);
            q = T.MultiplyAdd(q, f, 0.140146315f);
            q = T.MultiplyAdd(q, f, -0.166852072f);
            q = T.MultiplyAdd(q, f, 0.200097844f);
            q = T.MultiplyAdd(q, f, -0.24999696f);
            q = T.MultiplyAdd(q, f, 0.3333323f);
            q = T.MultiplyAdd(q, f, -0.5f);
            var y = T.MultiplyAdd(exponent, 0.693147182f, T.MultiplyAdd(q, f * f, f));

            var limit = T.Select(T.Equal(x, 0f), float.NegativeInfinity, float.NaN);
            y = T.Select(x > 0f, y, limit);
            return T.Select(T.Equal(x, float.PositiveInfinity), x, y);
        }
    }
}
