using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Activations;

/// <summary>The loops that all activations share; the formula is a value type, so that each gets loops of its own.</summary>
/// <param name="kernel">The formula with its parameters.</param>
internal abstract class Activation<TKernel>(TKernel kernel) : Activation
    where TKernel : struct, IActivationKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal sealed override void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length, nameof(y));
        var formula = kernel;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        var i = 0;
        for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
            formula.Forward(Vector512.LoadUnsafe(ref x0, (nuint)i)).StoreUnsafe(ref y0, (nuint)i);
        ForwardReference(x[i..], y[i..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal sealed override void Backward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        Span<float> dx
    )
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length, nameof(y));
        ArgumentOutOfRangeException.ThrowIfNotEqual(dy.Length, x.Length, nameof(dy));
        ArgumentOutOfRangeException.ThrowIfNotEqual(dx.Length, x.Length, nameof(dx));
        var formula = kernel;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        var i = 0;
        for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var xs = TKernel.UsesInput ? Vector512.LoadUnsafe(ref x0, (nuint)i) : default;
            var ys = TKernel.UsesOutput ? Vector512.LoadUnsafe(ref y0, (nuint)i) : default;
            formula.Backward(xs, ys, Vector512.LoadUnsafe(ref dy0, (nuint)i)).StoreUnsafe(ref dx0, (nuint)i);
        }
        BackwardReference(x[i..], y[i..], dy[i..], dx[i..]);
    }

    internal sealed override void ForwardReference(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var i = 0; i < x.Length; i++)
            y[i] = kernel.Forward(x[i]);
    }

    internal sealed override void BackwardReference(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        Span<float> dx
    )
    {
        for (var i = 0; i < x.Length; i++)
            dx[i] = kernel.Backward(x[i], y[i], dy[i]);
    }
}
