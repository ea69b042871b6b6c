using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>The rectified linear unit capped at 6, <c>y = min(max(x, 0), 6)</c>; its derivative at 0 and at 6 is taken as 0.</summary>
/// <remarks>A. Krizhevsky: Convolutional deep belief networks on CIFAR-10. 2010.</remarks>
internal sealed class Relu6Activation() : Activation<Relu6Activation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public float Forward(float x) =>
            x <= 0 ? 0
            : x >= 6 ? 6
            : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(x, Vector512<float>.Zero),
                Vector512<float>.Zero,
                Vector512.ConditionalSelect(
                    Vector512.GreaterThanOrEqual(x, Vector512.Create(6f)),
                    Vector512.Create(6f),
                    x
                )
            );

        public float Backward(float x, float y, float dy) => x is <= 0 or >= 6 ? 0 : dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Vector512.ConditionalSelect(
                Vector512.LessThanOrEqual(x, Vector512<float>.Zero)
                    | Vector512.GreaterThanOrEqual(x, Vector512.Create(6f)),
                Vector512<float>.Zero,
                dy
            );
    }
}
