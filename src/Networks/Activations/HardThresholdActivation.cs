using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// The Heaviside step, <c>y = 1</c> for x > 0, else 0. Its derivative is 0 almost everywhere, so training takes the straight-through
/// estimate <c>dx = dy</c>. A NaN stays a NaN.
/// </summary>
/// <remarks>Y. Bengio, N. Léonard, A. Courville: Estimating or propagating gradients through stochastic neurons. arXiv:1308.3432.</remarks>
internal sealed class HardThresholdActivation() : Activation<HardThresholdActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesInput => false;

        public static bool UsesOutput => false;

        public float Forward(float x) =>
            x > 0 ? 1
            : x <= 0 ? 0
            : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(x, Vector512<float>.Zero),
                Vector512<float>.Zero,
                Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, x)
            );

        public float Backward(float x, float y, float dy) => dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) => dy;
    }
}
