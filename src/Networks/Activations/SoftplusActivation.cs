using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The soft rectifier, <c>y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)</c>, <c>dx = σ(x)·dy</c>.</summary>
/// <remarks>C. Dugas et al.: Incorporating second-order functional knowledge for better option pricing. NIPS 2000.</remarks>
internal sealed class SoftplusActivation() : Activation<SoftplusActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public float Forward(float x) => (x <= 0 ? 0 : x) + Float32.Log1P(Float32.Exp(-MathF.Abs(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, x)
            + Float32.Log1P(Float32.Exp(-Vector512.Abs(x)));

        public float Backward(float x, float y, float dy) => Float32.Sigmoid(x) * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Float32.Sigmoid(x) * dy;
    }
}
