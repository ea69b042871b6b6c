using System.Runtime.CompilerServices;
using Pipeline.Numerics;

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

        public static bool IsQuick => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x > 0f, x, slope * x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => T.Select(x > 0f, dy, slope * dy);
    }
}
