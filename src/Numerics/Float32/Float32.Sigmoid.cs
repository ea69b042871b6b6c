using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Numerics;

public static partial class Float32
{
    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    public static float Sigmoid(float x) => One<SigmoidFunction>(x);

    /// <summary>
    /// 1 / (1 + e⁻ˣ), for negative x as eˣ / (1 + eˣ). The quotient is corrected by its remainder.
    /// </summary>
    /// <remarks>−∞ gives 0, ∞ gives 1, NaN gives NaN.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Sixteen<SigmoidFunction>(x);

    /// <inheritdoc cref="Sigmoid(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Sigmoid<T>(T x)
        where T : struct, IFloats<T> => SigmoidFunction.Of(x);

    private readonly struct SigmoidFunction : IFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Of<T>(T x)
            where T : struct, IFloats<T>
        {
            var e = ExpFunction.Of(-T.Abs(x));
            var numerator = T.Select(x < 0f, e, 1f);
            var d = 1f + e;
            var dLow = e - (d - 1f);
            var t = 1f / d;
            var y = numerator * t;
            var remainder = T.MultiplyAdd(-y, dLow, T.MultiplyAdd(-y, d, numerator));
            return T.MultiplyAdd(remainder, t, y);
        }
    }
}
