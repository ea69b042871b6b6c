using System.Runtime.InteropServices;

namespace Pipeline.Numerics.Tests;

/// <summary>Every variant of the product that this machine has, against the definition, bit by bit.</summary>
public sealed class GemmTests
{
    private readonly GemmWorkspace workspace = new();

    public static TheoryData<GemmForm, bool> Forms()
    {
        var data = new TheoryData<GemmForm, bool>();
        foreach (var form in Enum.GetValues<GemmForm>())
        {
            data.Add(form, false);
            data.Add(form, true);
        }
        return data;
    }

    private static IEnumerable<GemmVariant> Variants => Enum.GetValues<GemmVariant>().Where(v => v <= GemmVariants.Best);

    /// <summary>Each of 1 … 67 in each dimension beside fixed others, and as a cube: tiles are at most 12 rows by 32 columns.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_size_up_to_67_gives_the_bits_of_the_definition(GemmForm form, bool accumulate)
    {
        for (var size = 1; size <= 67; size++)
        {
            Check(form, size, 35, 19, accumulate);
            Check(form, 13, size, 19, accumulate);
            Check(form, 13, 35, size, accumulate);
            Check(form, size, size, size, accumulate);
        }
    }

    /// <summary>Every number of rows beyond whole tiles meets every number of columns beyond whole panels.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_edge_gives_the_bits_of_the_definition(GemmForm form, bool accumulate)
    {
        for (var m = 1; m <= 24; m++)
        {
            for (var n = 1; n <= 67; n++)
                Check(form, m, n, 3, accumulate);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Blocks_of_rows_and_of_steps_give_the_bits_of_the_definition(GemmForm form, bool accumulate)
    {
        foreach (var k in new[] { 255, 256, 257, 511, 512, 513, 784 })
            Check(form, 13, 35, k, accumulate);
        foreach (var m in new[] { 239, 240, 241, 480, 500 })
            Check(form, m, 33, 260, accumulate);
    }

    /// <summary>Rows of B 64 or 128 floats apart compete for the cache; with this many rows of A they are packed.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Rows_that_collide_in_the_cache_give_the_bits_of_the_definition(GemmForm form, bool accumulate)
    {
        Check(form, 150, 61, 300, accumulate);
        Check(form, 150, 125, 70, accumulate);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Infinities_and_NaN_go_where_the_definition_takes_them(GemmForm form, bool accumulate)
    {
        var (m, n, k) = (14, 37, 21);
        var (a, b, c) = (Normals(m * k, 1), Normals(k * n, 2), Normals(m * n, 3));
        (a[5], b[7], c[11]) = (float.PositiveInfinity, float.NegativeInfinity, float.NaN);
        (a[9], b[19], b[40]) = (0, float.NaN, float.PositiveInfinity);
        Check(form, m, n, k, accumulate, a, b, c, padding: 0);
    }

    [Fact]
    public void A_product_over_no_steps_clears_or_keeps()
    {
        foreach (var variant in Variants)
        {
            float[] c = [1, 2, 3, 4, 5, 6];
            Gemm.MultiplyBy(variant, GemmForm.NN, 2, 2, 0, [], 5, [], 2, c, 3, accumulate: true, workspace);
            Assert.Equal([1, 2, 3, 4, 5, 6], c);
            Gemm.MultiplyBy(variant, GemmForm.NN, 2, 2, 0, [], 5, [], 2, c, 3, accumulate: false, workspace);
            Assert.Equal([0, 0, 3, 0, 0, 6], c);
        }
    }

    [Fact]
    public void A_product_without_rows_or_columns_does_nothing()
    {
        float[] c = [];
        Gemm.Multiply(GemmForm.NN, 0, 5, 3, [], 3, new float[15], 5, c, 5, accumulate: false, workspace);
        Gemm.Multiply(GemmForm.NN, 5, 0, 3, new float[15], 3, [], 0, c, 0, accumulate: false, workspace);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_product_allocates_nothing_once_its_workspace_has_grown(GemmForm form, bool accumulate)
    {
        var (m, n, k) = (64, 74, 300);
        var (a, b, c) = (Normals(m * k, 1), Normals(k * n, 2), Normals(m * n, 3));
        var (lda, ldb) = (form == GemmForm.TN ? m : k, form == GemmForm.NT ? k : n);
        Gemm.Multiply(form, m, n, k, a, lda, b, ldb, c, n, accumulate, workspace);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Gemm.Multiply(form, m, n, k, a, lda, b, ldb, c, n, accumulate, workspace);
        Gemm.Multiply(form, m - 1, n - 3, k - 7, a, lda, b, ldb, c, n, accumulate, workspace);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
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

        var exception = Assert.Throws<ArgumentException>(
            () => Gemm.Multiply(GemmForm.NN, m, n, k, a, lda, b, ldb, c, ldc, accumulate: false, workspace));

        Assert.Equal(operand, exception.ParamName);
    }

    [Fact]
    public void The_message_of_a_misfit_has_both_sizes()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => Gemm.Multiply(GemmForm.TN, 2, 3, 4, new float[7], 2, new float[12], 3, new float[6], 3, accumulate: false, workspace));

        Assert.StartsWith("Matrix a is 4×2 with rows 2 apart, which does not fit into 7 numbers", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Normals(int count, uint index)
    {
        var values = new float[count];
        new RandomStream(7, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }

    /// <summary>Rows lie apart by a row and a padding; sizes that differ in a case show a mixed-up stride.</summary>
    private void Check(GemmForm form, int m, int n, int k, bool accumulate)
    {
        const int padding = 3;
        var (aRows, aColumns) = form == GemmForm.TN ? (k, m) : (m, k);
        var (bRows, bColumns) = form == GemmForm.NT ? (n, k) : (k, n);
        Check(
            form, m, n, k, accumulate,
            Normals(aRows * (aColumns + padding), 1), Normals(bRows * (bColumns + padding), 2), Normals(m * (n + padding), 3), padding);
    }

    private void Check(GemmForm form, int m, int n, int k, bool accumulate, float[] a, float[] b, float[] c, int padding)
    {
        var lda = (form == GemmForm.TN ? m : k) + padding;
        var ldb = (form == GemmForm.NT ? k : n) + padding;
        var expected = (float[])c.Clone();
        Gemm.Reference(form, m, n, k, a, lda, b, ldb, expected, n + padding, accumulate);
        foreach (var variant in Variants)
        {
            var actual = (float[])c.Clone();
            Gemm.MultiplyBy(variant, form, m, n, k, a, lda, b, ldb, actual, n + padding, accumulate, workspace);
            Assert.True(
                Bits(expected).SequenceEqual(Bits(actual)),
                $"{variant} differs from the definition: {form} {m}×{n}×{k}{(accumulate ? ", accumulating" : "")}");
        }
    }

    private static ReadOnlySpan<int> Bits(float[] values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = float.IsNaN(values[i]) ? float.NaN : values[i];
        return MemoryMarshal.Cast<float, int>(values);
    }
}
