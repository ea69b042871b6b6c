using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The exponential linear unit, <c>y = x</c> for x > 0, else <c>y = α·(eˣ − 1)</c>, where <c>dx = (y + α)·dy</c>.</summary>
/// <remarks>
/// D.-A. Clevert, T. Unterthiner, S. Hochreiter: Fast and accurate deep network learning by
/// exponential linear units. ICLR 2016.
/// </remarks>
/// <param name="alpha">α, greater than 0.</param>
internal sealed class EluActivation(double alpha = 1) : Activation<EluActivation.Kernel>(new Kernel(Checked(alpha)))
{
    private static float Checked(double alpha) =>
        alpha > 0 && float.IsFinite((float)alpha)
            ? (float)alpha
            : throw new ArgumentOutOfRangeException(
                nameof(alpha),
                alpha,
                "The alpha of elu must be greater than 0 and finite."
            );

    internal readonly struct Kernel(float alpha) : IActivationKernel
    {
        public float Forward(float x) => x > 0 ? x : alpha * Float32.ExpM1(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, alpha * Float32.ExpM1(x));

        public float Backward(float x, float y, float dy) => x > 0 ? dy : (y + alpha) * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Vector512.ConditionalSelect(
                Vector512.GreaterThan(x, Vector512<float>.Zero),
                dy,
                (y + Vector512.Create(alpha)) * dy
            );
    }
}
