using System.Runtime.CompilerServices;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The piecewise linear sigmoid, <c>y = min(max(x + 3, 0), 6)/6</c>; its derivative is 1/6 for −3 &lt; x &lt; 3, else 0.</summary>
/// <remarks>As PyTorch's Hardsigmoid.</remarks>
internal sealed class HardSigmoidActivation() : Activation<HardSigmoidActivation.Kernel>(default)
{
    private const float Sixth = 1f / 6;

    internal readonly struct Kernel : IActivationKernel
    {
        public static bool UsesOutput => false;

        public static bool IsQuick => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Forward<T>(T x)
            where T : struct, IFloats<T> => T.Select(x <= -3f, 0f, T.Select(x >= 3f, 6f, x + 3f)) * Sixth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Backward<T>(T x, T y, T dy)
            where T : struct, IFloats<T> => T.Select(T.Abs(x) >= 3f, 0f, dy * Sixth);
    }
}
