namespace Pipeline.Numerics;

public static partial class Gemm
{
    /// <summary>The definition of <see cref="Multiply"/>, one output after the other: what every variant must equal bit by bit.</summary>
    /// <inheritdoc cref="Multiply"/>
    public static void Reference(
        GemmForm form, int m, int n, int k,
        ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b, int ldb, Span<float> c, int ldc, bool accumulate)
    {
        Validate(form, m, n, k, a.Length, lda, b.Length, ldb, c.Length, ldc);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = accumulate ? c[(i * ldc) + j] : 0f;
                for (var p = 0; p < k; p++)
                {
                    var left = form == GemmForm.TN ? a[(p * lda) + i] : a[(i * lda) + p];
                    var right = form == GemmForm.NT ? b[(j * ldb) + p] : b[(p * ldb) + j];
                    sum = MathF.FusedMultiplyAdd(left, right, sum);
                }
                c[(i * ldc) + j] = sum;
            }
        }
    }
}
