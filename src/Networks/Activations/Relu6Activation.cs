using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The rectified linear unit capped at 6, <c>y = min(max(x, 0), 6)</c>; its derivative at 0 and at 6 is taken as 0.</summary>
/// <remarks>A. Krizhevsky: Convolutional deep belief networks on CIFAR-10. 2010.</remarks>
internal sealed class Relu6Activation() : Activation<Relu6Activation.Kernel>(default)
{
    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public static bool IsQuick => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x <= 0f, 0f, T.Select(x >= 6f, 6f, x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => T.Select((x <= 0f) | (x >= 6f), 0f, dy);
    }
}
