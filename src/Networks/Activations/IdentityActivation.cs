using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>No activation, <c>y = x</c>: a network of linear layers stays linear.</summary>
internal sealed class IdentityActivation() : Activation<IdentityActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesInput => false;

        public static bool UsesOutput => false;

        public float Forward(float x) => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) => x;

        public float Backward(float x, float y, float dy) => dy;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy) => dy;
    }
}
