using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>No activation, <c>y = x</c>: a network of linear layers stays linear.</summary>
internal sealed class IdentityActivation() : Activation<IdentityActivation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesInput => false;

        public static bool UsesOutput => false;

        public static bool IsQuick => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => x;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => dy;
    }
}
