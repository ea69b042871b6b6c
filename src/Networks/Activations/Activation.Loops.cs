using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>The loops that all activations share; the formula is a value type, so that each gets loops of its own.</summary>
/// <param name="kernel">The formula with its parameters.</param>
internal abstract class Activation<TKernel>(TKernel kernel) : Activation
    where TKernel : struct, IActivationKernel
{
    internal sealed override IUnitLoops? UnitLoops(int? pooledWidth) =>
        !TKernel.IsQuick ? null
        : Vector512.IsHardwareAccelerated ? Loops<Floats16>(pooledWidth)
        : Vector256.IsHardwareAccelerated ? Loops<Floats8>(pooledWidth)
        : Loops<Floats4>(pooledWidth);

    internal sealed override void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length, nameof(y));
        if (Vector512.IsHardwareAccelerated)
            Forward<Floats16>(x, y);
        else if (Vector256.IsHardwareAccelerated)
            Forward<Floats8>(x, y);
        else
            Forward<Floats4>(x, y);
    }

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
        if (Vector512.IsHardwareAccelerated)
            Backward<Floats16>(x, y, dy, dx);
        else if (Vector256.IsHardwareAccelerated)
            Backward<Floats8>(x, y, dy, dx);
        else
            Backward<Floats4>(x, y, dy, dx);
    }

    internal sealed override void ForwardReference(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var i = 0; i < x.Length; i++)
            y[i] = kernel.Forward(One(x[i])).Lanes.ToScalar();
    }

    internal sealed override void BackwardReference(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        Span<float> dx
    )
    {
        for (var i = 0; i < x.Length; i++)
            dx[i] = kernel.Backward(One(x[i]), One(y[i]), One(dy[i])).Lanes.ToScalar();
    }

    internal sealed override CountedFloat ForwardCounted(CountedFloat x) => kernel.Forward(x);

    internal sealed override CountedFloat BackwardCounted(CountedFloat x, CountedFloat y, CountedFloat dy) =>
        kernel.Backward(x, y, dy);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward<T>(ReadOnlySpan<float> x, Span<float> y)
        where T : struct, IRegister<T>
    {
        var formula = kernel;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        var i = 0;
        for (; i <= x.Length - T.Count; i += T.Count)
            formula.Forward(T.Load(ref x0, (nuint)i)).Store(ref y0, (nuint)i);
        ForwardReference(x[i..], y[i..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
        where T : struct, IRegister<T>
    {
        var formula = kernel;
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        var i = 0;
        for (; i <= x.Length - T.Count; i += T.Count)
        {
            var xs = TKernel.UsesInput ? T.Load(ref x0, (nuint)i) : default;
            var ys = TKernel.UsesOutput ? T.Load(ref y0, (nuint)i) : default;
            formula.Backward(xs, ys, T.Load(ref dy0, (nuint)i)).Store(ref dx0, (nuint)i);
        }
        BackwardReference(x[i..], y[i..], dy[i..], dx[i..]);
    }

    private IUnitLoops Loops<T>(int? pooledWidth)
        where T : struct, IRegister<T> =>
        pooledWidth is { } width ? new PooledLoops<TKernel, T>(kernel, width) : new NormalizedLoops<TKernel, T>(kernel);

    private static Floats4 One(float x) => x;
}
