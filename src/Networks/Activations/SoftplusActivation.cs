using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The soft rectifier, <c>y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)</c>, <c>dx = σ(x)·dy</c>.</summary>
/// <remarks>C. Dugas et al.: Incorporating second-order functional knowledge for better option pricing. NIPS 2000.</remarks>
internal sealed class SoftplusActivation() : Activation<SoftplusActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x <= 0f, 0f, x) + Float32.Log1P(Float32.Exp(-T.Abs(x)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => Float32.Sigmoid(x) * dy;
    }
}
