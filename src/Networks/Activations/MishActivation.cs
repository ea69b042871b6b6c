using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// <c>y = x·t</c> with <c>t = tanh(ln(1 + eˣ)) = n/(n + 2)</c>, <c>n = eˣ·(eˣ + 2)</c>, and
/// <c>dx = (t + x·(1 − t²)·σ(x))·dy</c>.
/// </summary>
/// <remarks>D. Misra: Mish: a self regularized non-monotonic activation function. BMVC 2020.</remarks>
internal sealed class MishActivation() : Activation<MishActivation.Kernel>(default)
{
    /// <summary>From here on, t is 1 in float32.</summary>
    private const float Saturated = 20;

    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T>
        {
            var e = Exponential(x);
            var n = e * (e + 2f);
            return x * (n / (n + 2f));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T>
        {
            var e = Exponential(x);
            var n = e * (e + 2f);
            var t = n / (n + 2f);
            return T.MultiplyAdd(x * T.MultiplyAdd(-t, t, 1f), e / (1f + e), t) * dy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Exponential<T>(T x)
            where T : struct, IFloats<T> => Float32.Exp(T.AtMost(x, Saturated));
    }
}
