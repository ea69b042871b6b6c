using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>The rectified linear unit, <c>y = max(x, 0)</c>; its derivative at 0 is taken as 0.</summary>
/// <remarks>V. Nair, G. E. Hinton: Rectified linear units improve restricted Boltzmann machines. ICML 2010.</remarks>
internal sealed class ReluActivation() : Activation<ReluActivation.Kernel>(default)
{
    // The comparison is false for a NaN, which so passes.
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public float Forward(float x) => x <= 0 ? 0 : x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, x);

        public float Backward(float x, float y, float dy) => x <= 0 ? 0 : dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(x, Vector512<float>.Zero), Vector512<float>.Zero, dy);
    }
}
