using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The hyperbolic tangent, <c>y = tanh x</c>, <c>dx = (1 − y²)·dy</c>.</summary>
internal sealed class TanhActivation() : Activation<TanhActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesInput => false;

        public float Forward(float x) => Float32.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) => Float32.Tanh(x);

        public float Backward(float x, float y, float dy) => float.FusedMultiplyAdd(-y, y, 1) * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            Vector512.FusedMultiplyAdd(-y, y, Vector512<float>.One) * dy;
    }
}
