using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The logistic function, <c>y = 1/(1 + e⁻ˣ)</c>, <c>dx = y·(1 − y)·dy</c>.</summary>
internal sealed class SigmoidActivation() : Activation<SigmoidActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesInput => false;

        public float Forward(float x) => Float32.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) => Float32.Sigmoid(x);

        public float Backward(float x, float y, float dy) => y * (1 - y) * dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) =>
            y * (Vector512<float>.One - y) * dy;
    }
}
