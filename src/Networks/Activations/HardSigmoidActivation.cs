using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>The piecewise linear sigmoid, <c>y = min(max(x + 3, 0), 6)/6</c>; its derivative is 1/6 for −3 &lt; x &lt; 3, else 0.</summary>
/// <remarks>As PyTorch's Hardsigmoid.</remarks>
internal sealed class HardSigmoidActivation() : Activation<HardSigmoidActivation.Kernel>(default)
{
    private const float Sixth = 1f / 6;

    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public float Forward(float x) =>
            (
                x <= -3 ? 0
                : x >= 3 ? 6
                : x + 3
            ) * Sixth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) => Clamped(x) * Sixth;

        public float Backward(float x, float y, float dy) => x is <= -3 or >= 3 ? 0 : dy * Sixth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Vector512.ConditionalSelect(
                Vector512.GreaterThanOrEqual(Vector512.Abs(x), Vector512.Create(3f)),
                Vector512<float>.Zero,
                dy * Sixth
            );

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Clamped(Vector512<float> x)
        {
            var upper = Vector512.ConditionalSelect(
                Vector512.GreaterThanOrEqual(x, Vector512.Create(3f)),
                Vector512.Create(6f),
                x + Vector512.Create(3f)
            );
            return Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(x, Vector512.Create(-3f)),
                Vector512<float>.Zero,
                upper
            );
        }
    }
}
