using System.Runtime.InteropServices;
using Pipeline.Numerics;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class RowReaderTests
{
    private const float Untouched = -12345.5f;

    public static TheoryData<int> FeatureCounts => [.. Enumerable.Range(1, 256)];

    [Theory]
    [MemberData(nameof(FeatureCounts))]
    public void Bytes_are_mapped_to_the_same_bits_at_every_length(int features)
    {
        var (shift, scale) = (Normals(features, 1), Normals(features, 2));
        var row = Array.ConvertAll(Normals(features, 3), x => (byte)(128 + (40 * x)));
        row[0] = 255;
        row[^1] = 0;
        var expected = Mapped(Array.ConvertAll(row, x => (float)x), shift, scale);

        AssertFills(expected, target => RowReader.Map(row, shift, scale, target));
    }

    [Theory]
    [MemberData(nameof(FeatureCounts))]
    public void Float32_are_mapped_to_the_same_bits_at_every_length(int features)
    {
        var (shift, scale) = (Normals(features, 1), Normals(features, 2));
        var row = Normals(features, 3);
        row[features / 2] = -0f;
        row[^1] = float.Epsilon;
        row[0] = float.MaxValue;
        shift[0] = -float.MaxValue;

        AssertFills(Mapped(row, shift, scale), target => RowReader.Map(row, shift, scale, target));
    }

    [Fact]
    public void Rows_are_gathered_in_the_order_that_is_asked_for()
    {
        using var clusters = new Clusters();
        var data = clusters.Data;
        int[] rows = [269, 0, 7, 7, 200];
        var (inputs, labels) = (new float[rows.Length * Clusters.Features], new int[rows.Length]);

        RowReader.Gather(data, rows, inputs, labels);

        Assert.Equal(rows.Select(row => data.Labels[row]), labels);
        for (var i = 0; i < rows.Length; i++)
        {
            var stored = Array.ConvertAll(data.ByteRow(rows[i]).ToArray(), x => (float)x);
            Assert.Equal(
                Mapped(stored, data.Map.Shift, data.Map.Scale),
                inputs[(i * Clusters.Features)..((i + 1) * Clusters.Features)]
            );
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Test_rows_are_mapped_by_a_map_of_their_own(bool bytes)
    {
        var shift = Normals(Clusters.Features, 7);
        using var clusters = new Clusters(bytes, testShift: shift);
        using var plain = new Clusters(bytes);
        int[] rows = [Clusters.Rows - Clusters.Test - 1, Clusters.Rows - Clusters.Test];
        var (inputs, expected, labels) = (
            new float[2 * Clusters.Features],
            new float[2 * Clusters.Features],
            new int[2]
        );

        RowReader.Gather(clusters.Data, rows, inputs, labels);
        RowReader.Gather(plain.Data, rows, expected, labels);

        Assert.Equal(expected[..Clusters.Features], inputs[..Clusters.Features]);
        for (var j = Clusters.Features; j < inputs.Length; j++)
            Assert.Equal(expected[j] + ((120.3f - shift[j - Clusters.Features]) * 0.013f), inputs[j], 1e-4f);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    [InlineData(false, 5)]
    public void Rows_that_are_fetched_meanwhile_change_nothing(bool bytes, int next)
    {
        using var clusters = new Clusters(bytes);
        int[] rows = [269, 0, 7];
        var (inputs, labels) = (new float[rows.Length * Clusters.Features], new int[rows.Length]);
        var (expected, expectedLabels) = (new float[inputs.Length], new int[rows.Length]);
        RowReader.Gather(clusters.Data, rows, expected, expectedLabels);

        RowReader.Gather(clusters.Data, rows, inputs, labels, [.. Enumerable.Range(Clusters.Rows - next, next)]);

        Assert.Equal(expected, inputs);
        Assert.Equal(expectedLabels, labels);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gathering_allocates_nothing(bool bytes)
    {
        using var clusters = new Clusters(bytes);
        int[] rows = [3, 1, 4];
        var (inputs, labels) = (new float[rows.Length * Clusters.Features], new int[rows.Length]);
        RowReader.Gather(clusters.Data, rows, inputs, labels);

        var before = GC.GetAllocatedBytesForCurrentThread();
        RowReader.Gather(clusters.Data, rows, inputs, labels);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private delegate void Fill(Span<float> target);

    private static void AssertFills(float[] expected, Fill fill)
    {
        var target = new float[expected.Length + 32];
        Array.Fill(target, Untouched);

        fill(target.AsSpan(16, expected.Length));

        Assert.Equal(Bits(expected), Bits(target.AsSpan(16, expected.Length)));
        Assert.All(target[..16], x => Assert.Equal(Untouched, x));
        Assert.All(target[^16..], x => Assert.Equal(Untouched, x));
    }

    private static float[] Mapped(float[] row, ReadOnlySpan<float> shift, ReadOnlySpan<float> scale)
    {
        var mapped = new float[row.Length];
        for (var j = 0; j < row.Length; j++)
            mapped[j] = (row[j] - shift[j]) * scale[j];
        return mapped;
    }

    private static float[] Normals(int count, uint index)
    {
        var values = new float[count];
        new RandomStream(Seed: 5, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }

    private static int[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, int>(values).ToArray();
}
