using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// The loops over a block of rows of features that <see cref="GroupwiseNormalization"/> needs. All rows go through one loop before
/// the next begins: while a row's sum is folded, its neighbours' are made. Sums are lanes [<see cref="Rows"/>, 16], as in
/// <see cref="Reduce"/>, statistics [<see cref="Rows"/>].
/// </summary>
internal static class RowLoops
{
    /// <summary>The most rows of a block: statistics are taken for all at once, a row a lane.</summary>
    public const int Rows = Lanes.Count;

    /// <summary>The length of a block's sums.</summary>
    public const int Sums = Rows * Lanes.Count;

    /// <summary>The means of rows, from their sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> Average(ReadOnlySpan<float> sums, int features)
    {
        Span<float> totals = stackalloc float[Rows];
        for (var row = 0; row < Rows; row++)
            totals[row] = Reduce.SumLanes(Vector512.Create(sums[(row * Lanes.Count)..]));
        return Vector512.Create<float>(totals) / Vector512.Create((float)features);
    }

    /// <summary>Adds x to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<T>(T part, ReadOnlySpan<float> x, Span<float> sums)
        where T : struct, IRowPart
    {
        if (part.First == part.End)
            return;
        for (var (row, start) = (0, 0); row < part.Rows; row++, start += part.Stride)
        {
            var sum = Begin(part, sums, row);
            for (var j = part.First; j < part.End; j += Lanes.Count)
                sum += part.Load(x, start + j, Vector512<float>.Zero);
            sum.CopyTo(sums[(row * Lanes.Count)..]);
        }
    }

    /// <summary>Adds (x − μ)² to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddSquares<T, TSums>(T part, ReadOnlySpan<float> x, ReadOnlySpan<float> means, Span<float> sums)
        where T : struct, IRowPart
        where TSums : struct, IRowSums
    {
        if (part.First == part.End)
            return;
        for (var (row, start) = (0, 0); row < part.Rows; row++, start += part.Stride)
        {
            var mean = Vector512.Create(means[row]);
            var sum = Begin(part, sums, row);
            for (var j = part.First; j < part.End; j += Lanes.Count)
            {
                var difference = part.Load(x, start + j, mean) - mean;
                sum = TSums.Add(sum, difference, difference);
            }
            sum.CopyTo(sums[(row * Lanes.Count)..]);
        }
    }

    /// <summary>y = γ·(x − μ)·σ⁻¹ + β.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize<T>(
        T part,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> shift,
        Span<float> y
    )
        where T : struct, IRowPart
    {
        if (part.First == part.End)
            return;
        for (var (row, start) = (0, 0); row < part.Rows; row++, start += part.Stride)
        {
            var (mean, inverse) = (Vector512.Create(means[row]), Vector512.Create(inverses[row]));
            for (var j = part.First; j < part.End; j += Lanes.Count)
            {
                var normalized = (part.Load(x, start + j, mean) - mean) * inverse;
                var (gamma, beta) = (Channels(part, scale, j), Channels(part, shift, j));
                part.Store(Vector512.FusedMultiplyAdd(gamma, normalized, beta), y, start + j);
            }
        }
    }

    /// <summary>Adds dy·x̂ and dy to the gradients of γ and β, and g and g·x̂ to the sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddGradients<T, TSums>(
        T part,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy,
        Span<float> dscale,
        Span<float> dshift,
        Span<float> sumsOfG,
        Span<float> sumsOfGx
    )
        where T : struct, IRowPart
        where TSums : struct, IRowSums
    {
        if (part.First == part.End)
            return;
        var zero = Vector512<float>.Zero;
        for (var (row, start) = (0, 0); row < part.Rows; row++, start += part.Stride)
        {
            var (mean, inverse) = (Vector512.Create(means[row]), Vector512.Create(inverses[row]));
            var sumOfG = Begin(part, sumsOfG, row);
            var sumOfGx = Begin(part, sumsOfGx, row);
            for (var j = part.First; j < part.End; j += Lanes.Count)
            {
                var normalized = (part.Load(x, start + j, mean) - mean) * inverse;
                var d = part.Load(dy, start + j, zero);
                var gamma = Channels(part, scale, j);
                sumOfG += gamma * d;
                sumOfGx = TSums.Add(sumOfGx, gamma, d, normalized);
                Store(part, TSums.Add(Channels(part, dscale, j), d, normalized), dscale, j);
                Store(part, Channels(part, dshift, j) + d, dshift, j);
            }
            sumOfG.CopyTo(sumsOfG[(row * Lanes.Count)..]);
            sumOfGx.CopyTo(sumsOfGx[(row * Lanes.Count)..]);
        }
    }

    /// <summary>dx = (γ·dy − mean(g) − x̂·mean(g·x̂))·σ⁻¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Differentiate<T>(
        T part,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> meansOfG,
        ReadOnlySpan<float> meansOfGx,
        Span<float> dx
    )
        where T : struct, IRowPart
    {
        if (part.First == part.End)
            return;
        var zero = Vector512<float>.Zero;
        for (var (row, start) = (0, 0); row < part.Rows; row++, start += part.Stride)
        {
            var (mean, inverse) = (Vector512.Create(means[row]), Vector512.Create(inverses[row]));
            var (meanOfG, meanOfGx) = (Vector512.Create(meansOfG[row]), Vector512.Create(meansOfGx[row]));
            for (var j = part.First; j < part.End; j += Lanes.Count)
            {
                var normalized = (part.Load(x, start + j, mean) - mean) * inverse;
                var centred = (Channels(part, scale, j) * part.Load(dy, start + j, zero)) - meanOfG;
                part.Store(Vector512.FusedMultiplyAdd(-normalized, meanOfGx, centred) * inverse, dx, start + j);
            }
        }
    }

    /// <summary>The lanes of a row's sum so far: the first part begins at zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Begin<T>(T part, ReadOnlySpan<float> sums, int row)
        where T : struct, IRowPart =>
        part.First == 0 ? Vector512<float>.Zero : Vector512.Create(sums[(row * Lanes.Count)..]);

    /// <summary>Sixteen of the part's channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Channels<T>(T part, ReadOnlySpan<float> channels, int j)
        where T : struct, IRowPart =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(channels), (nuint)(j - part.First));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T part, Vector512<float> lanes, Span<float> channels, int j)
        where T : struct, IRowPart =>
        lanes.StoreUnsafe(ref MemoryMarshal.GetReference(channels), (nuint)(j - part.First));
}
