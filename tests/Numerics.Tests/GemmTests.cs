namespace Pipeline.Numerics.Tests;

/// <summary>What holds for a product whatever its variant.</summary>
public sealed class GemmTests
{
    private readonly GemmWorkspace workspace = new();

    [Fact]
    public void A_product_of_floats_and_one_of_doubles_are_what_they_are_on_paper()
    {
        var c = new float[4];
        Gemm.Multiply(
            GemmForm.NN,
            2,
            2,
            3,
            [1, 2, 3, 4, 5, 6],
            3,
            [1, 0, 0, 1, 1, 1],
            2,
            c,
            2,
            accumulate: false,
            workspace
        );
        Assert.Equal([4, 5, 10, 11], c);

        double[] wide = [1, 1, 1, 1];
        Gemm.Multiply(
            GemmForm.NN,
            2,
            2,
            3,
            [1, 2, 3, 4, 5, 6],
            3,
            [1, 0, 0, 1, 1, 1],
            2,
            wide,
            2,
            accumulate: true,
            workspace
        );
        Assert.Equal([5, 6, 11, 12], wide);
    }

    [Fact]
    public void A_product_without_rows_or_columns_does_nothing()
    {
        float[] c = [];
        Gemm.Multiply(GemmForm.NN, 0, 5, 3, [], 3, new float[15], 5, c, 5, accumulate: false, workspace);
        Gemm.Multiply(GemmForm.NN, 5, 0, 3, new float[15], 3, [], 0, c, 0, accumulate: false, workspace);
    }

    [Theory]
    [InlineData(GemmForm.NN)]
    [InlineData(GemmForm.TN)]
    [InlineData(GemmForm.NT)]
    public void A_product_allocates_nothing_once_its_workspace_has_grown(GemmForm form)
    {
        var (m, n, k) = (64, 74, 300);
        var (a, b, c) = (new float[m * k], new float[k * n], new float[m * n]);
        var (wideA, wideB, wideC) = (new double[m * k], new double[k * n], new double[m * n]);
        var (lda, ldb) = (form == GemmForm.TN ? m : k, form == GemmForm.NT ? k : n);
        Multiply(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Multiply(0);
        Multiply(1);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Multiply(int less)
        {
            Gemm.Multiply(
                form,
                m - less,
                n - (3 * less),
                k - (7 * less),
                a,
                lda,
                b,
                ldb,
                c,
                n,
                accumulate: false,
                workspace
            );
            Gemm.Multiply(
                form,
                m - less,
                n - (3 * less),
                k - (7 * less),
                wideA,
                lda,
                wideB,
                ldb,
                wideC,
                n,
                accumulate: true,
                workspace
            );
        }
    }

    [Theory]
    [InlineData(-1, 2, 3, 3, 2, 2, "a")]
    [InlineData(2, 2, -3, 3, 2, 2, "a")]
    [InlineData(2, -2, 3, 3, 2, 2, "b")]
    [InlineData(2, 2, 3, 2, 2, 2, "a")]
    [InlineData(2, 2, 3, 4, 2, 2, "a")]
    [InlineData(2, 2, 3, 3, 1, 2, "b")]
    [InlineData(2, 2, 3, 3, 3, 2, "b")]
    [InlineData(2, 2, 3, 3, 2, 1, "c")]
    [InlineData(2, 2, 3, 3, 2, 3, "c")]
    [InlineData(int.MaxValue, 2, 3, 3, 2, 2, "a")]
    public void An_operand_that_does_not_fit_is_named(int m, int n, int k, int lda, int ldb, int ldc, string operand)
    {
        var (a, b, c) = (new float[6], new float[6], new float[4]);

        var exception = Assert.Throws<ArgumentException>(() =>
            Gemm.Multiply(GemmForm.NN, m, n, k, a, lda, b, ldb, c, ldc, accumulate: false, workspace)
        );

        Assert.Equal(operand, exception.ParamName);
    }

    [Fact]
    public void The_message_of_a_misfit_has_both_sizes()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            Gemm.Multiply(
                GemmForm.TN,
                2,
                3,
                4,
                new float[7],
                2,
                new float[12],
                3,
                new float[6],
                3,
                accumulate: false,
                workspace
            )
        );

        Assert.StartsWith(
            "Matrix a is 4×2 with rows 2 apart, which does not fit into 7 numbers",
            exception.Message,
            StringComparison.Ordinal
        );
    }
}
