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

    /// <summary>The sums of columns j … j + 15.</summary>
    public static Vector512<float> OfSixteen(ReadOnlySpan<float> x, int j, int rows, int columns)
    {
        ref var x0 = ref MemoryMarshal.GetReference(x.Slice(j, ((rows - 1) * columns) + Lanes.Count));
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
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

    /// <summary>The sum of column j.</summary>
    public static float OfOne(ReadOnlySpan<float> x, int j, int rows, int columns)
    {
        Span<float> c = stackalloc float[4];
        c.Clear();
        for (var i = 0; i < rows; i++)
            c[i % 4] += x[(i * columns) + j];
        return (c[0] + c[1]) + (c[2] + c[3]);
    }
}
