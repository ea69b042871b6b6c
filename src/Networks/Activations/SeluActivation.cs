using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        public float Forward(float x) => x > 0 ? Lambda * x : LambdaAlpha * Float32.ExpM1(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Vector512.ConditionalSelect(
                Vector512.GreaterThan(x, Vector512<float>.Zero),
                Lambda * x,
                LambdaAlpha * Float32.ExpM1(x)
            );

        public float Backward(float x, float y, float dy) => x > 0 ? Lambda * dy : (y + LambdaAlpha) * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Vector512.ConditionalSelect(
                Vector512.GreaterThan(x, Vector512<float>.Zero),
                Lambda * dy,
                (y + Vector512.Create(LambdaAlpha)) * dy
            );
    }
}
