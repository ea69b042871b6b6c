using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The sigmoid-weighted linear unit, or swish, <c>y = x·σ(x)</c>, <c>dx = (σ(x) + y·(1 − σ(x)))·dy</c>.</summary>
/// <remarks>
/// S. Elfwing, E. Uchibe, K. Doya: Sigmoid-weighted linear units. arXiv:1702.03118; P. Ramachandran et al.: Searching
/// for activation functions. arXiv:1710.05941.
/// </remarks>
internal sealed class SiluActivation() : Activation<SiluActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public float Forward(float x) => x * Float32.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Forward(Vector512<float> x) => x * Float32.Sigmoid(x);

        public float Backward(float x, float y, float dy)
        {
            var sigmoid = Float32.Sigmoid(x);
            return float.FusedMultiplyAdd(y, 1 - sigmoid, sigmoid) * dy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Backward(Vector512<float> x, Vector512<float> y, Vector512<float> dy)
        {
            var sigmoid = Float32.Sigmoid(x);
            return Vector512.FusedMultiplyAdd(y, Vector512<float>.One - sigmoid, sigmoid) * dy;
        }
    }
}
