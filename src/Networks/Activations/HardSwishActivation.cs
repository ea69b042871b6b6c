using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>
/// The piecewise quadratic swish, <c>y = x·min(max(x + 3, 0), 6)/6</c>; <c>dx = (x/3 + ½)·dy</c> for
/// −3 &lt; x &lt; 3, 0 below and dy above.
/// </summary>
/// <remarks>A. Howard et al.: Searching for MobileNetV3. ICCV 2019.</remarks>
internal sealed class HardSwishActivation() : Activation<HardSwishActivation.Kernel>(default)
{
    private const float Third = 1f / 3;
    private const float Sixth = 1f / 6;

    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public static bool IsQuick => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => Choose(x, 0f, x * (x + 3f) * Sixth, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => Choose(x, 0f, T.MultiplyAdd(x, Third, 0.5f) * dy, dy);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Choose<T>(T x, T low, T middle, T high)
            where T : struct, IFloats<T> => T.Select(x <= -3f, low, T.Select(x >= 3f, high, middle));
    }
}
