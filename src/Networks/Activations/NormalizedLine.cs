using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pipeline.Networks.Normalizations;
using Pipeline.Numerics;

namespace Pipeline.Networks.Activations;

/// <summary>How some channels are normalized, and what an activation makes of them.</summary>
internal readonly struct NormalizedLine<T>
    where T : struct, IRegister<T>, IFloats<T>
{
    private readonly T mean,
        inverse,
        scale,
        shift,
        meanOfGradient,
        slope,
        factor;

    /// <param name="channels">How all are.</param>
    /// <param name="first">The first of those meant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NormalizedLine(NormalizedChannels channels, nuint first)
    {
        mean = At(channels.Means, first);
        inverse = At(channels.Inverses, first);
        scale = At(channels.Scale, first);
        shift = At(channels.Shift, first);
        meanOfGradient = At(channels.MeansOfGradient, first);
        slope = At(channels.Slopes, first);
        factor = scale * inverse;
    }

    /// <summary>y of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Forward<TKernel>(TKernel kernel, T x)
        where TKernel : struct, IActivationKernel => kernel.Forward(Scaled(Normalized(x)));

    /// <summary>Adds the gradient g with respect to what was normalized, and g·x̂.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TKernel>(TKernel kernel, T x, T dy, ref T sum, ref T product)
        where TKernel : struct, IActivationKernel
    {
        var normalized = Normalized(x);
        var g = kernel.Backward(Scaled(normalized), default, dy);
        sum += g;
        product = T.MultiplyAdd(g, normalized, product);
    }

    /// <summary>dx of x and dy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Backward<TKernel>(TKernel kernel, T x, T dy)
        where TKernel : struct, IActivationKernel
    {
        var normalized = Normalized(x);
        var centred = kernel.Backward(Scaled(normalized), default, dy) - meanOfGradient;
        return factor * T.MultiplyAdd(-normalized, slope, centred);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Normalized(T x) => (x - mean) * inverse;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Scaled(T normalized) => T.MultiplyAdd(scale, normalized, shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At(ReadOnlySpan<float> values, nuint first) =>
        T.Load(ref MemoryMarshal.GetReference(values), first);
}
