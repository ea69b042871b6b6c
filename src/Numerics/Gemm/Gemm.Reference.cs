using System.Numerics;

namespace Pipeline.Numerics;

public static partial class Gemm
{
    /// <summary>The definition of the product, one output after the other: what every variant must equal bit by bit.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <inheritdoc cref="Multiply(GemmForm, int, int, int, ReadOnlySpan{float}, int, ReadOnlySpan{float}, int, Span{float}, int, bool,
    /// GemmWorkspace)"/>
    public static void Reference<T>(
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
        bool accumulate
    )
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Validate(form, m, n, k, a.Length, lda, b.Length, ldb, c.Length, ldc);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = accumulate ? c[(i * ldc) + j] : T.Zero;
                for (var p = 0; p < k; p++)
                {
                    var left = form == GemmForm.TN ? a[(p * lda) + i] : a[(i * lda) + p];
                    var right = form == GemmForm.NT ? b[(j * ldb) + p] : b[(p * ldb) + j];
                    sum = T.FusedMultiplyAdd(left, right, sum);
                }
                c[(i * ldc) + j] = sum;
            }
        }
    }
}
