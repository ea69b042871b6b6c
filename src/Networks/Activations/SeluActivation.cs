using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// The scaled exponential linear unit, <c>y = λ·x</c> for x > 0, else <c>y = λα·(eˣ − 1)</c>, where <c>dx = (y + λα)·dy</c>. λ and α make
/// mean 0 and variance 1 a fixed point.
/// </summary>
/// <remarks>G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter: Self-normalizing neural networks. NIPS 2017.</remarks>
internal sealed class SeluActivation() : Activation<SeluActivation.Kernel>(default)
{
    private const float Lambda = 1.0507009873554805f;
    private const float LambdaAlpha = 1.7580993408473766f;

    internal readonly struct Kernel : IActivationKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x > 0f, Lambda * x, LambdaAlpha * Float32.ExpM1(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => T.Select(x > 0f, Lambda * dy, (y + LambdaAlpha) * dy);
    }
}
