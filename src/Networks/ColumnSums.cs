using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks;

/// <summary>
/// Sums over the rows of a row-major matrix. A column's rows go in turn to four chains of additions, row i to chain i mod 4, each in
/// ascending i; the sum is (c₀ + c₁) + (c₂ + c₃). Four, because one chain would wait for each addition's result.
/// </summary>
internal static class ColumnSums
{
    /// <summary>sums[j] = Σᵢ x[i, j].</summary>
    /// <param name="x">A matrix [rows, columns].</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="sums">The sums [columns].</param>
    public static void Of(ReadOnlySpan<float> x, int rows, int columns, Span<float> sums)
    {
        var j = 0;
        for (; j < Lanes.Whole(columns); j += Lanes.Count)
            OfSixteen(x, j, rows, columns).CopyTo(sums[j..]);
        for (; j < columns; j++)
            sums[j] = OfOne(x, j, rows, columns);
    }

    /// <summary>The sums of columns whose four chains are there.</summary>
    /// <param name="chains">The chains [4, columns].</param>
    /// <param name="sums">The sums [columns].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfChains(ReadOnlySpan<float> chains, Span<float> sums)
    {
        var columns = sums.Length;
        var j = 0;
        for (; j < Lanes.Whole(columns); j += Lanes.Count)
        {
            var left = Vector512.Create(chains[j..]) + Vector512.Create(chains[(columns + j)..]);
            var right =
                Vector512.Create(chains[((2 * columns) + j)..]) + Vector512.Create(chains[((3 * columns) + j)..]);
            (left + right).CopyTo(sums[j..]);
        }
        for (; j < columns; j++)
            sums[j] = (chains[j] + chains[columns + j]) + (chains[(2 * columns) + j] + chains[(3 * columns) + j]);
    }

    /// <summary>sums[j] = Σᵢ (x[i, j] − mean[j])².</summary>
    public static void OfSquares(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        int rows,
        int columns,
        Span<float> sums
    )
    {
        var j = 0;
        for (; j < Lanes.Whole(columns); j += Lanes.Count)
            OfSixteenSquares(x, Vector512.Create(means[j..]), j, rows, columns).CopyTo(sums[j..]);
        for (; j < columns; j++)
            sums[j] = OfOneSquares(x, means[j], j, rows, columns);
    }

    /// <summary>sums[j] = Σᵢ dy[i, j] and products[j] = Σᵢ dy[i, j]·(x[i, j] − mean[j])·inverse[j], in one pass.</summary>
    public static void OfProducts(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> means,
        ReadOnlySpan<float> inverses,
        ReadOnlySpan<float> dy,
        int rows,
        int columns,
        Span<float> sums,
        Span<float> products
    )
    {
        var j = 0;
        for (; j < Lanes.Whole(columns); j += Lanes.Count)
        {
            OfSixteenProducts(
                x,
                Vector512.Create(means[j..]),
                Vector512.Create(inverses[j..]),
                dy,
                j,
                rows,
                columns,
                out var sum,
                out var product
            );
            sum.CopyTo(sums[j..]);
            product.CopyTo(products[j..]);
        }
        for (; j < columns; j++)
        {
            sums[j] = OfOne(dy, j, rows, columns);
            products[j] = OfOneProducts(x, means[j], inverses[j], dy, j, rows, columns);
        }
    }

    /// <summary>The sums of columns j … j + 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> OfSixteen(ReadOnlySpan<float> x, int j, int rows, int columns)
    {
        ref var x0 = ref First(x, j, rows, columns);
        Vector512<float> c0 = default,
            c1 = default,
            c2 = default,
            c3 = default;
        var at = (nuint)0;
        var stride = (nuint)columns;
        for (var i = 0; i < rows; i += 4, at += 4 * stride)
        {
            c0 += Vector512.LoadUnsafe(ref x0, at);
            if (i + 1 < rows)
                c1 += Vector512.LoadUnsafe(ref x0, at + stride);
            if (i + 2 < rows)
                c2 += Vector512.LoadUnsafe(ref x0, at + (2 * stride));
            if (i + 3 < rows)
                c3 += Vector512.LoadUnsafe(ref x0, at + (3 * stride));
        }
        return (c0 + c1) + (c2 + c3);
    }

    /// <summary>The sums of squared differences of columns j … j + 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> OfSixteenSquares(
        ReadOnlySpan<float> x,
        Vector512<float> mean,
        int j,
        int rows,
        int columns
    )
    {
        ref var x0 = ref First(x, j, rows, columns);
        Vector512<float> c0 = default,
            c1 = default,
            c2 = default,
            c3 = default;
        var at = (nuint)0;
        var stride = (nuint)columns;
        for (var i = 0; i < rows; i += 4, at += 4 * stride)
        {
            Add(ref c0, ref x0, at, mean);
            if (i + 1 < rows)
                Add(ref c1, ref x0, at + stride, mean);
            if (i + 2 < rows)
                Add(ref c2, ref x0, at + (2 * stride), mean);
            if (i + 3 < rows)
                Add(ref c3, ref x0, at + (3 * stride), mean);
        }
        return (c0 + c1) + (c2 + c3);

        static void Add(ref Vector512<float> sum, ref float x0, nuint at, Vector512<float> mean)
        {
            var difference = Vector512.LoadUnsafe(ref x0, at) - mean;
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }
    }

    /// <summary>The sums and the sums of products of columns j … j + 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfSixteenProducts(
        ReadOnlySpan<float> x,
        Vector512<float> mean,
        Vector512<float> inverse,
        ReadOnlySpan<float> dy,
        int j,
        int rows,
        int columns,
        out Vector512<float> sums,
        out Vector512<float> products
    )
    {
        ref var x0 = ref First(x, j, rows, columns);
        ref var dy0 = ref First(dy, j, rows, columns);
        Vector512<float> c0 = default,
            c1 = default,
            c2 = default,
            c3 = default;
        Vector512<float> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default;
        var at = (nuint)0;
        var stride = (nuint)columns;
        for (var i = 0; i < rows; i += 4, at += 4 * stride)
        {
            Add(ref s0, ref c0, ref x0, ref dy0, at, mean, inverse);
            if (i + 1 < rows)
                Add(ref s1, ref c1, ref x0, ref dy0, at + stride, mean, inverse);
            if (i + 2 < rows)
                Add(ref s2, ref c2, ref x0, ref dy0, at + (2 * stride), mean, inverse);
            if (i + 3 < rows)
                Add(ref s3, ref c3, ref x0, ref dy0, at + (3 * stride), mean, inverse);
        }
        sums = (s0 + s1) + (s2 + s3);
        products = (c0 + c1) + (c2 + c3);

        static void Add(
            ref Vector512<float> sum,
            ref Vector512<float> product,
            ref float x0,
            ref float dy0,
            nuint at,
            Vector512<float> mean,
            Vector512<float> inverse
        )
        {
            var d = Vector512.LoadUnsafe(ref dy0, at);
            sum += d;
            product = Vector512.FusedMultiplyAdd(d, (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse, product);
        }
    }

    /// <summary>The sum of column j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float OfOne(ReadOnlySpan<float> x, int j, int rows, int columns)
    {
        float c0 = 0,
            c1 = 0,
            c2 = 0,
            c3 = 0;
        var at = j;
        for (var i = 0; i < rows; i += 4, at += 4 * columns)
        {
            c0 += x[at];
            if (i + 1 < rows)
                c1 += x[at + columns];
            if (i + 2 < rows)
                c2 += x[at + (2 * columns)];
            if (i + 3 < rows)
                c3 += x[at + (3 * columns)];
        }
        return (c0 + c1) + (c2 + c3);
    }

    /// <summary>The sum of squared differences of column j.</summary>
    public static float OfOneSquares(ReadOnlySpan<float> x, float mean, int j, int rows, int columns)
    {
        Span<float> c = stackalloc float[4];
        c.Clear();
        for (var i = 0; i < rows; i++)
        {
            var difference = x[(i * columns) + j] - mean;
            c[i % 4] = float.FusedMultiplyAdd(difference, difference, c[i % 4]);
        }
        return (c[0] + c[1]) + (c[2] + c[3]);
    }

    /// <summary>The sum of products of column j.</summary>
    public static float OfOneProducts(
        ReadOnlySpan<float> x,
        float mean,
        float inverse,
        ReadOnlySpan<float> dy,
        int j,
        int rows,
        int columns
    )
    {
        Span<float> c = stackalloc float[4];
        c.Clear();
        for (var i = 0; i < rows; i++)
            c[i % 4] = float.FusedMultiplyAdd(dy[(i * columns) + j], (x[(i * columns) + j] - mean) * inverse, c[i % 4]);
        return (c[0] + c[1]) + (c[2] + c[3]);
    }

    private static ref float First(ReadOnlySpan<float> x, int j, int rows, int columns) =>
        ref MemoryMarshal.GetReference(x.Slice(j, ((rows - 1) * columns) + Lanes.Count));
}
