using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// The Gaussian error linear unit by the hyperbolic tangent, <c>y = ½·x·(1 + t)</c> with <c>t = tanh(√(2/π)·(x + 0.044715·x³))</c>, and
/// <c>dx = ½·(1 + t + x·(1 − t²)·√(2/π)·(1 + 3·0.044715·x²))·dy</c>. An x beyond 10¹² may give a derivative of NaN.
/// </summary>
/// <remarks>D. Hendrycks, K. Gimpel: Gaussian error linear units. arXiv:1606.08415, the approximation.</remarks>
internal sealed class GeluTanhActivation() : Activation<GeluTanhActivation.Kernel>(default)
{
    private const float SqrtTwoOverPi = 0.7978846f;
    private const float Cubic = 0.044715f * SqrtTwoOverPi;
    private const float Slope = 3 * Cubic;

    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => 0.5f * x * (1f + Inner(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T>
        {
            var t = Inner(x);
            var slope = x * T.MultiplyAdd(-t, t, 1f) * T.MultiplyAdd(Slope * x, x, SqrtTwoOverPi);
            return 0.5f * (1f + t + slope) * dy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Inner<T>(T x)
            where T : struct, IFloats<T> => Float32.Tanh(x * T.MultiplyAdd(Cubic * x, x, SqrtTwoOverPi));
    }
}
