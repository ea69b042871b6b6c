using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="Erf(Vector512{float})"/>
    public static float Erf(float x) => One<ErfFunction>(x);

    /// <summary>
    /// erf x = 2/√π ∫₀ˣ e^(−t²) dt: x + x p(x²) with a minimax polynomial p for |x| &lt; ⅞, else ±(1 − erfc |x|).
    /// </summary>
    /// <remarks>±0 gives ±0, ±∞ gives ±1, NaN gives NaN.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => Sixteen<ErfFunction>(x);

    /// <inheritdoc cref="Erf(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Erf<T>(T x)
        where T : struct, IFloats<T> => ErfFunction.Of(x);

    private readonly struct ErfFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var a = T.Abs(x);
            var large = 1f - ErfcFunction.OfPositive(a);
            return T.Select(a < 0.875f, OfSmall(x), CopySign(large, x));
        }

        /// <summary>erf x for |x| &lt; ⅞.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T OfSmall<T>(T x)
            where T : struct, IFloats<T>
        {
            var z = x * x;
            T p = 7.85304874e-05f;
            p = T.MultiplyAdd(p, z, -0.000802414084f);
            p = T.MultiplyAdd(p, z, 0.00519082975f);
            p = T.MultiplyAdd(p, z, -0.0268553477f);
            p = T.MultiplyAdd(p, z, 0.112836227f);
            p = T.MultiplyAdd(p, z, -0.376126289f);
            p = T.MultiplyAdd(p, z, 0.128379166f);
            return T.MultiplyAdd(p, x, x);
        }
    }
}
