using System.Numerics;
using System.Runtime.InteropServices;

namespace Pipeline.Numerics.Tests;

/// <summary>Every variant of the product that this machine has, against the definition, bit by bit.</summary>
/// <typeparam name="T">float or double.</typeparam>
public abstract class GemmVariantTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
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

    private static IEnumerable<GemmVariant> Variants =>
        Enum.GetValues<GemmVariant>().Where(v => v <= GemmVariants.Best);

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
        foreach (var m in new[] { 119, 120, 121, 239, 240, 241, 480, 500 })
            Check(form, m, 33, 260, accumulate);
    }

    /// <summary>Rows of B 64 or 128 numbers apart compete for the cache; with this many rows of A they are packed.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Rows_that_collide_in_the_cache_give_the_bits_of_the_definition(GemmForm form, bool accumulate)
    {
        Check(form, 150, 61, 300, accumulate);
        Check(form, 150, 125, 70, accumulate);
    }

    /// <summary>Such a B, and such an A if it is transposed, are packed, or fetched ahead where they lie; so is the place of C.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Matrices_larger_than_the_second_level_cache_give_the_bits_of_the_definition(
        GemmForm form,
        bool accumulate
    )
    {
        Check(form, 500, 517, 257, accumulate);
        Check(form, 61, 517, 257, accumulate);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Infinities_and_NaN_go_where_the_definition_takes_them(GemmForm form, bool accumulate)
    {
        var (m, n, k) = (14, 37, 21);
        var (a, b, c) = (Normals(m * k, 1), Normals(k * n, 2), Normals(m * n, 3));
        (a[5], b[7], c[11]) = (T.PositiveInfinity, T.NegativeInfinity, T.NaN);
        (a[9], b[19], b[40]) = (T.Zero, T.NaN, T.PositiveInfinity);
        Check(form, m, n, k, accumulate, a, b, c, padding: 0);
    }

    [Fact]
    public void A_product_over_no_steps_clears_or_keeps()
    {
        T[] c = [T.One, T.One, T.One, T.One, T.One, T.One];
        foreach (var variant in Variants)
        {
            var kept = (T[])c.Clone();
            Gemm.MultiplyBy<T>(variant, GemmForm.NN, 2, 2, 0, [], 5, [], 2, kept, 3, accumulate: true, workspace);
            Assert.Equal(c, kept);
            Gemm.MultiplyBy<T>(variant, GemmForm.NN, 2, 2, 0, [], 5, [], 2, kept, 3, accumulate: false, workspace);
            Assert.Equal([T.Zero, T.Zero, T.One, T.Zero, T.Zero, T.One], kept);
        }
    }

    /// <summary>Normal numbers with all their bits in use.</summary>
    private static T[] Normals(int count, uint index)
    {
        var values = new float[2 * count];
        new RandomStream(7, RandomPurpose.Data, index).FillNormal(values);
        var small = T.CreateChecked(1.0 / (1 << 24));
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => T.CreateChecked(values[i]) + (T.CreateChecked(values[count + i]) * small)),
        ];
    }

    /// <summary>Rows lie apart by a row and a padding; sizes that differ in a case show a mixed-up stride.</summary>
    private void Check(GemmForm form, int m, int n, int k, bool accumulate)
    {
        const int padding = 3;
        var (aRows, aColumns) = form == GemmForm.TN ? (k, m) : (m, k);
        var (bRows, bColumns) = form == GemmForm.NT ? (n, k) : (k, n);
        Check(
            form,
            m,
            n,
            k,
            accumulate,
            Normals(aRows * (aColumns + padding), 1),
            Normals(bRows * (bColumns + padding), 2),
            Normals(m * (n + padding), 3),
            padding
        );
    }

    private void Check(GemmForm form, int m, int n, int k, bool accumulate, T[] a, T[] b, T[] c, int padding)
    {
        var lda = (form == GemmForm.TN ? m : k) + padding;
        var ldb = (form == GemmForm.NT ? k : n) + padding;
        var expected = (T[])c.Clone();
        Gemm.Reference<T>(form, m, n, k, a, lda, b, ldb, expected, n + padding, accumulate);
        foreach (var variant in Variants)
        {
            var actual = (T[])c.Clone();
            Gemm.MultiplyBy<T>(variant, form, m, n, k, a, lda, b, ldb, actual, n + padding, accumulate, workspace);
            Assert.True(
                Bits(expected).SequenceEqual(Bits(actual)),
                $"{variant} differs from the definition: {form} {m}×{n}×{k}{(accumulate ? ", accumulating" : "")}"
            );
        }
    }

    private static ReadOnlySpan<byte> Bits(T[] values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = T.IsNaN(values[i]) ? T.NaN : values[i];
        return MemoryMarshal.AsBytes<T>(values);
    }
}

public sealed class GemmOfFloat32Tests : GemmVariantTests<float>;

public sealed class GemmOfFloat64Tests : GemmVariantTests<double>;
