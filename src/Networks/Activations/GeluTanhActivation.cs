using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

        public float Forward(float x) => 0.5f * x * (1 + Inner(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) => 0.5f * x * (Vector512<float>.One + Inner(x));

        public float Backward(float x, float y, float dy)
        {
            var t = Inner(x);
            var slope = x * float.FusedMultiplyAdd(-t, t, 1) * float.FusedMultiplyAdd(Slope * x, x, SqrtTwoOverPi);
            return 0.5f * (1 + t + slope) * dy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy)
        {
            var t = Inner(x);
            var inner = Vector512.FusedMultiplyAdd(Slope * x, x, Vector512.Create(SqrtTwoOverPi));
            var slope = x * Vector512.FusedMultiplyAdd(-t, t, Vector512<float>.One) * inner;
            return 0.5f * (Vector512<float>.One + t + slope) * dy;
        }

        private static float Inner(float x) => Float32.Tanh(x * float.FusedMultiplyAdd(Cubic * x, x, SqrtTwoOverPi));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Inner(Vector512<float> x) =>
            Float32.Tanh(x * Vector512.FusedMultiplyAdd(Cubic * x, x, Vector512.Create(SqrtTwoOverPi)));
    }
}
