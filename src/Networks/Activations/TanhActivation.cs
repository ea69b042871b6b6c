using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The hyperbolic tangent, <c>y = tanh x</c>, <c>dx = (1 − y²)·dy</c>.</summary>
internal sealed class TanhActivation() : Activation<TanhActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesInput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => Float32.Tanh(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => T.MultiplyAdd(-y, y, 1f) * dy;
    }
}
