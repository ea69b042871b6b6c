using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The rectified linear unit, <c>y = max(x, 0)</c>; its derivative at 0 is taken as 0.</summary>
/// <remarks>V. Nair, G. E. Hinton: Rectified linear units improve restricted Boltzmann machines. ICML 2010.</remarks>
internal sealed class ReluActivation() : Activation<ReluActivation.Kernel>(default)
{
    // The comparison is false for a NaN, which so passes.
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public static bool IsQuick => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x <= 0f, 0f, x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => T.Select(x <= 0f, 0f, dy);
    }
}
