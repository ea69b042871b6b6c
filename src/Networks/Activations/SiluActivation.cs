using System.Runtime.CompilerServices;
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
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => x * Float32.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T>
        {
            var sigmoid = Float32.Sigmoid(x);
            return T.MultiplyAdd(y, 1f - sigmoid, sigmoid) * dy;
        }
    }
}
