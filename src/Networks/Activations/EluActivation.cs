using System.Runtime.CompilerServices;
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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x > 0f, x, alpha * Float32.ExpM1(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => T.Select(x > 0f, dy, (y + alpha) * dy);
    }
}
