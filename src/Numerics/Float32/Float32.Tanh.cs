using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    public static float Tanh(float x) => One<TanhFunction>(x);

    /// <summary>
    /// tanh x = x + x³ p(x²) with a minimax polynomial p for |x| &lt; ⅝, else ±(1 − 2 / (e^(2|x|) + 1)).
    /// </summary>
    /// <remarks>±0 gives ±0, ±∞ gives ±1, NaN gives NaN. Subnormal numbers are their own values.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Sixteen<TanhFunction>(x);

    /// <inheritdoc cref="Tanh(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Tanh<T>(T x)
        where T : struct, IFloats<T> => TanhFunction.Of(x);

    private readonly struct TanhFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var a = T.Abs(x);
            var large = 1f - (2f / (ExpFunction.Of(a + a) + 1f));

            var z = x * x;
            T p = -0.00574327633f;
            p = T.MultiplyAdd(p, z, 0.0206783619f);
            p = T.MultiplyAdd(p, z, -0.0537539609f);
            p = T.MultiplyAdd(p, z, 0.133316547f);
            p = T.MultiplyAdd(p, z, -0.333332926f);
            var small = T.MultiplyAdd(p * z, x, x);

            return CopySign(T.Select(a < 0.625f, small, large), x);
        }
    }
}
