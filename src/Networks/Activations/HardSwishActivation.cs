using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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

        public float Forward(float x) =>
            x <= -3 ? 0
            : x >= 3 ? x
            : x * (x + 3) * Sixth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Select(x, Vector512<float>.Zero, x * (x + Vector512.Create(3f)) * Sixth, x);

        public float Backward(float x, float y, float dy) =>
            x <= -3 ? 0
            : x >= 3 ? dy
            : float.FusedMultiplyAdd(x, Third, 0.5f) * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Select(
                x,
                Vector512<float>.Zero,
                Vector512.FusedMultiplyAdd(x, Vector512.Create(Third), Vector512.Create(0.5f)) * dy,
                dy
            );

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Select(
            Vector512<float> x,
            Vector512<float> low,
            Vector512<float> middle,
            Vector512<float> high
        ) =>
            Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(x, Vector512.Create(-3f)),
                low,
                Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(x, Vector512.Create(3f)), high, middle)
            );
    }
}
