using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// The loops over the pixels of a row [pixels, channels] that <see cref="GroupwiseNormalization"/> needs:
/// sixteen channels at a time, then one.
/// </summary>
internal static class GroupwiseLoops
{
    /// <summary>y = γ·(x − μ)·σ⁻¹ + β, all per channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> shift,
        int pixels,
        int channels,
        Span<float> y
    )
    {
        ref var x0 = ref MemoryMarshal.GetReference(x[..(pixels * channels)]);
        ref var y0 = ref MemoryMarshal.GetReference(y[..(pixels * channels)]);
        var whole = Lanes.Whole(channels);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var (mean, inverse) = (Vector512.Create(means[j..]), Vector512.Create(inverses[j..]));
            var (gamma, beta) = (Vector512.Create(scale[j..]), Vector512.Create(shift[j..]));
            var at = (nuint)j;
            for (var i = 0; i < pixels; i++, at += (nuint)channels)
            {
                var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
                Vector512.FusedMultiplyAdd(gamma, normalized, beta).StoreUnsafe(ref y0, at);
            }
        }
        NormalizeReference(x, means, inverses, scale, shift, whole, pixels, channels, y);
    }

    /// <summary>dx = (γ·dy − a − x̂·b)·σ⁻¹ with a and b per channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Differentiate(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b,
        int pixels,
        int channels,
        Span<float> dx
    )
    {
        ref var x0 = ref MemoryMarshal.GetReference(x[..(pixels * channels)]);
        ref var dy0 = ref MemoryMarshal.GetReference(dy[..(pixels * channels)]);
        ref var dx0 = ref MemoryMarshal.GetReference(dx[..(pixels * channels)]);
        var whole = Lanes.Whole(channels);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var (mean, inverse, gamma) = (
                Vector512.Create(means[j..]),
                Vector512.Create(inverses[j..]),
                Vector512.Create(scale[j..])
            );
            var (meanOfG, meanOfGx) = (Vector512.Create(a[j..]), Vector512.Create(b[j..]));
            var at = (nuint)j;
            for (var i = 0; i < pixels; i++, at += (nuint)channels)
            {
                var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
                var centred = (gamma * Vector512.LoadUnsafe(ref dy0, at)) - meanOfG;
                (Vector512.FusedMultiplyAdd(-normalized, meanOfGx, centred) * inverse).StoreUnsafe(ref dx0, at);
            }
        }
        DifferentiateReference(x, means, inverses, scale, dy, a, b, whole, pixels, channels, dx);
    }

    /// <summary><see cref="Normalize"/> one number at a time, from a channel on.</summary>
    public static void NormalizeReference(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> shift,
        int first,
        int pixels,
        int channels,
        Span<float> y
    )
    {
        for (var j = first; j < channels; j++)
        {
            for (var at = j; at < pixels * channels; at += channels)
                y[at] = float.FusedMultiplyAdd(scale[j], (x[at] - means[j]) * inverses[j], shift[j]);
        }
    }

    /// <summary><see cref="Differentiate"/> one number at a time, from a channel on.</summary>
    public static void DifferentiateReference(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b,
        int first,
        int pixels,
        int channels,
        Span<float> dx
    )
    {
        for (var j = first; j < channels; j++)
        {
            for (var at = j; at < pixels * channels; at += channels)
                dx[at] =
                    float.FusedMultiplyAdd(-((x[at] - means[j]) * inverses[j]), b[j], (scale[j] * dy[at]) - a[j])
                    * inverses[j];
        }
    }
}
