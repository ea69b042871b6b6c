using System.Runtime.CompilerServices;
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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => x * T.MultiplyAdd(0.5f, Float32.Erf(x * SqrtHalf), 0.5f);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T>
        {
            var cumulative = T.Select(T.Abs(x) < Tiny, 0.5f, y / x);
            return T.MultiplyAdd(x * InverseSqrtTwoPi, Float32.Exp(-0.5f * x * x), cumulative) * dy;
        }
    }
}
