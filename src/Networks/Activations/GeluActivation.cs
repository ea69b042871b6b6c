using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// The Gaussian error linear unit, <c>y = x·Φ(x)</c> with <c>Φ(x) = (1 + erf(x/√2))/2</c>, and
/// <c>dx = (Φ(x) + x·φ(x))·dy</c> with <c>φ(x) = exp(−x²/2)/√(2π)</c>. Infinite x gives a derivative of NaN.
/// </summary>
/// <remarks>D. Hendrycks, K. Gimpel: Gaussian error linear units. arXiv:1606.08415, the exact form.</remarks>
internal sealed class GeluActivation() : Activation<GeluActivation.Kernel>(default)
{
    private const float SqrtHalf = 0.70710678f;
    private const float InverseSqrtTwoPi = 0.39894228f;

    /// <summary>Below this, Φ(x) is ½, and y/x, which else gives Φ(x) back, suffers from y being subnormal.</summary>
    private const float Tiny = 1e-30f;

    internal readonly struct Kernel : IActivationKernel
    {
        public float Forward(float x) => x * Cumulative(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) => x * Cumulative(x);

        public float Backward(float x, float y, float dy) =>
            float.FusedMultiplyAdd(x * InverseSqrtTwoPi, Float32.Exp(-0.5f * x * x), MathF.Abs(x) < Tiny ? 0.5f : y / x)
            * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy)
        {
            var cumulative = Vector512.ConditionalSelect(
                Vector512.LessThan(Vector512.Abs(x), Vector512.Create(Tiny)),
                Vector512.Create(0.5f),
                y / x
            );
            return Vector512.FusedMultiplyAdd(x * InverseSqrtTwoPi, Float32.Exp(-0.5f * x * x), cumulative) * dy;
        }

        private static float Cumulative(float x) => float.FusedMultiplyAdd(0.5f, Float32.Erf(x * SqrtHalf), 0.5f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Cumulative(Vector512<float> x) =>
            Vector512.FusedMultiplyAdd(Vector512.Create(0.5f), Float32.Erf(x * SqrtHalf), Vector512.Create(0.5f));
    }
}
