using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The logistic function, <c>y = 1/(1 + e⁻ˣ)</c>, <c>dx = y·(1 − y)·dy</c>.</summary>
internal sealed class SigmoidActivation() : Activation<SigmoidActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => Float32.Sigmoid(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => y * (1f - y) * dy;
    }
}
