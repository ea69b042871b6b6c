using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

        public float Forward(float x)
        {
            var e = Float32.Exp(x > Saturated ? Saturated : x);
            var n = e * (e + 2);
            return x * (n / (n + 2));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x)
        {
            var e = Exponential(x);
            var n = e * (e + Vector512.Create(2f));
            return x * (n / (n + Vector512.Create(2f)));
        }

        public float Backward(float x, float y, float dy)
        {
            var e = Float32.Exp(x > Saturated ? Saturated : x);
            var n = e * (e + 2);
            var t = n / (n + 2);
            return float.FusedMultiplyAdd(x * float.FusedMultiplyAdd(-t, t, 1), e / (1 + e), t) * dy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy)
        {
            var e = Exponential(x);
            var n = e * (e + Vector512.Create(2f));
            var t = n / (n + Vector512.Create(2f));
            return Vector512.FusedMultiplyAdd(
                    x * Vector512.FusedMultiplyAdd(-t, t, Vector512<float>.One),
                    e / (Vector512<float>.One + e),
                    t
                ) * dy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Exponential(Vector512<float> x) =>
            Float32.Exp(
                Vector512.ConditionalSelect(
                    Vector512.GreaterThan(x, Vector512.Create(Saturated)),
                    Vector512.Create(Saturated),
                    x
                )
            );
    }
}
