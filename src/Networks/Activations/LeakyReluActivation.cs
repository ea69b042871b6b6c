using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>The leaky rectified linear unit, <c>y = x</c> for x > 0, else <c>y = slope·x</c>; its derivative at 0 is the slope.</summary>
/// <remarks>A. L. Maas, A. Y. Hannun, A. Y. Ng: Rectifier nonlinearities improve neural network acoustic models. ICML 2013.</remarks>
/// <param name="slope">The slope for negative values, 0…1.</param>
internal sealed class LeakyReluActivation(double slope = 0.01)
    : Activation<LeakyReluActivation.Kernel>(new Kernel(Checked(slope)))
{
    private static float Checked(double slope) =>
        slope is >= 0 and <= 1
            ? (float)slope
            : throw new ArgumentOutOfRangeException(
                nameof(slope),
                slope,
                "The slope of leaky_relu must be from 0 to 1."
            );

    internal readonly struct Kernel(float slope) : IActivationKernel
    {
        public static bool UsesOutput => false;

        public float Forward(float x) => x > 0 ? x : slope * x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, slope * x);

        public float Backward(float x, float y, float dy) => x > 0 ? dy : slope * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), dy, slope * dy);
    }
}
