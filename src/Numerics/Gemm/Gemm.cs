using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pipeline.Numerics;

/// <summary>Products of float32 and of float64 matrices, the same bits on every processor.</summary>
public static partial class Gemm
{
    /// <summary>
    /// <c>C = A·B</c> or <c>C += A·B</c>, A being m×k and B k×n. Each output is one chain of fused multiply-adds in ascending k:
    /// <c>C[i,j] ← fma(A[i,p], B[p,j], C[i,j])</c> for p = 0 … k−1, starting at 0 or, to accumulate, at C[i,j].
    /// </summary>
    /// <param name="form">Whether an operand is stored transposed.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Length of the chains; 0 leaves C as it is or clears it.</param>
    /// <param name="a">The left operand: m×k, or k×m for <see cref="GemmForm.TN"/>.</param>
    /// <param name="lda">The distance between two stored rows of <paramref name="a"/>.</param>
    /// <param name="b">The right operand: k×n, or n×k for <see cref="GemmForm.NT"/>.</param>
    /// <param name="ldb">The distance between two stored rows of <paramref name="b"/>.</param>
    /// <param name="c">The result, m×n. It must not overlap an operand.</param>
    /// <param name="ldc">The distance between two rows of <paramref name="c"/>.</param>
    /// <param name="accumulate">Whether to add to what <paramref name="c"/> holds.</param>
    /// <param name="workspace">Where operands are packed; used by no other thread meanwhile.</param>
    /// <exception cref="ArgumentException">A size is negative, a row distance is less than a row, or a span is too short.</exception>
    public static void Multiply(
        GemmForm form,
        int m,
        int n,
        int k,
        ReadOnlySpan<float> a,
        int lda,
        ReadOnlySpan<float> b,
        int ldb,
        Span<float> c,
        int ldc,
        bool accumulate,
        GemmWorkspace workspace
    ) => MultiplyBy(GemmVariants.Best, form, m, n, k, a, lda, b, ldb, c, ldc, accumulate, workspace);

    /// <inheritdoc cref="Multiply(GemmForm, int, int, int, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int, Span{float}, int, bool,
    /// GemmWorkspace)"/>
    public static void Multiply(
        GemmForm form,
        int m,
        int n,
        int k,
        ReadOnlySpan<double> a,
        int lda,
        ReadOnlySpan<double> b,
        int ldb,
        Span<double> c,
        int ldc,
        bool accumulate,
        GemmWorkspace workspace
    ) => MultiplyBy(GemmVariants.Best, form, m, n, k, a, lda, b, ldb, c, ldc, accumulate, workspace);

    /// <summary>The product by a chosen variant.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <inheritdoc cref="Multiply(GemmForm, int, int, int, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int, Span{float}, int, bool,
    /// GemmWorkspace)"/>
    internal static unsafe void MultiplyBy<T>(
        GemmVariant variant,
        GemmForm form,
        int m,
        int n,
        int k,
        ReadOnlySpan<T> a,
        int lda,
        ReadOnlySpan<T> b,
        int ldb,
        Span<T> c,
        int ldc,
        bool accumulate,
        GemmWorkspace workspace
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Validate(form, m, n, k, a.Length, lda, b.Length, ldb, c.Length, ldc);
        if (m == 0 || n == 0)
            return;
        if (k == 0)
        {
            for (var i = 0; i < m && !accumulate; i++)
                c.Slice(i * ldc, n).Clear();
            return;
        }
        fixed (
            T* pa = a,
                pb = b,
                pc = c
        )
            GemmVariants.Run<T, Product<T>>(
                variant,
                new(form, m, n, k, pa, lda, pb, ldb, pc, ldc, accumulate, workspace)
            );
        GC.KeepAlive(workspace);
    }

    private static void Validate(
        GemmForm form,
        int m,
        int n,
        int k,
        int aLength,
        int lda,
        int bLength,
        int ldb,
        int cLength,
        int ldc
    )
    {
        var (aRows, aColumns) = form == GemmForm.TN ? (k, m) : (m, k);
        var (bRows, bColumns) = form == GemmForm.NT ? (n, k) : (k, n);
        if (!Fits(aRows, aColumns, lda, aLength))
            throw Misfit("a", aRows, aColumns, lda, aLength);
        if (!Fits(bRows, bColumns, ldb, bLength))
            throw Misfit("b", bRows, bColumns, ldb, bLength);
        if (!Fits(m, n, ldc, cLength))
            throw Misfit("c", m, n, ldc, cLength);
    }

    private static bool Fits(int rows, int columns, int stride, int length) =>
        rows >= 0
        && columns >= 0
        && stride >= columns
        && (rows == 0 || columns == 0 || ((long)(rows - 1) * stride) + columns <= length);

    private static ArgumentException Misfit(string operand, int rows, int columns, int stride, int length) =>
        new(
            $"Matrix {operand} is {rows}×{columns} with rows {stride} apart, which does not fit into {length} numbers: "
                + "sizes are at least 0, rows at least a row's length apart, and the span holds them all.",
            operand
        );

    private readonly unsafe struct Product<T>(
        GemmForm form,
        int m,
        int n,
        int k,
        T* a,
        int lda,
        T* b,
        int ldb,
        T* c,
        int ldc,
        bool accumulate,
        GemmWorkspace workspace
    ) : IGemmOperation<T>
        where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<T, TVector>
            where TVector : unmanaged =>
            GemmDriver<TLanes, T, TVector>.Multiply(form, m, n, k, a, lda, b, ldb, c, ldc, accumulate, workspace);
    }
}
