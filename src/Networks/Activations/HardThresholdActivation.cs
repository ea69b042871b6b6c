using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// The Heaviside step, <c>y = 1</c> for x > 0, else 0. Its derivative is 0 almost everywhere, so training takes the straight-through
/// estimate <c>dx = slope·dy</c>. A NaN stays a NaN.
/// </summary>
/// <remarks>Y. Bengio, N. Léonard, A. Courville: Estimating or propagating gradients through stochastic neurons. arXiv:1308.3432.</remarks>
/// <param name="slope">The slope of the estimate, finite and at least 0, which is the step's own.</param>
internal sealed class HardThresholdActivation(double slope = 1)
    : Activation<HardThresholdActivation.Kernel>(new Kernel(Checked(slope)))
{
    private static float Checked(double slope) =>
        slope is >= 0 and <= float.MaxValue
            ? (float)slope
            : throw new ArgumentOutOfRangeException(
                nameof(slope),
                slope,
                "The slope of hard_threshold must be at least 0 and within float32."
            );

    internal readonly struct Kernel(float slope) : IActivationKernel
    {
        public static bool UsesInput => false;

        public static bool UsesOutput => false;

        public static bool IsQuick => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x <= 0f, 0f, T.Select(x > 0f, 1f, x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => (T)slope * dy;
    }
}
