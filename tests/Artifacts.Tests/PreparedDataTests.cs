using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Artifacts.Tests;

public sealed class PreparedDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string DataPath => folder.PathOf("data");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(100)]
    public void Bytes_come_back_as_they_were(int features)
    {
        Write(features, bytes: true);

        using var data = PreparedData.Open(DataPath);

        AssertMapAndLabels(data, features);
        for (var row = 0; row < 6; row++)
            Assert.Equal(Bytes(row, features), data.ByteRow(row).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(100)]
    public void Float32_come_back_as_they_were(int features)
    {
        Write(features, bytes: false);

        using var data = PreparedData.Open(DataPath);

        AssertMapAndLabels(data, features);
        for (var row = 0; row < 6; row++)
            Assert.Equal(Floats(row, features), data.FloatRow(row).ToArray());
    }

    [Fact]
    public void The_header_comes_back_as_it_was()
    {
        var header = new PreparedDataHeader
        {
            Shape = [3, 2, 4],
            Classes = 5,
            Bytes = true,
            Training = 3,
            Validation = 1,
            Test = 2,
            Augmentation = new(4, 0.5),
        };
        using (var target = File.Create(DataPath))
            PreparedData.Write(
                target,
                header,
                FeatureMap.Identity(24),
                FeatureMap.Identity(24),
                new int[6],
                stream => stream.Write(new byte[6 * 24])
            );

        using var data = PreparedData.Open(DataPath);

        Assert.Equal([3, 2, 4], data.Header.Shape);
        Assert.Equal(
            (5, true, 3, 1, 2),
            (data.Header.Classes, data.Header.Bytes, data.Header.Training, data.Header.Validation, data.Header.Test)
        );
        Assert.Equal(new Augmentation(4, 0.5), data.Header.Augmentation);
        Assert.Equal((24, 6), (data.Header.Features, data.Header.Rows));
    }

    [Fact]
    public void The_file_is_laid_out_as_documented()
    {
        var json = """{"shape":[5],"classes":3,"bytes":true,"training":3,"validation":1,"test":2}"""u8;
        Write(features: 5, bytes: true);

        var file = File.ReadAllBytes(DataPath);

        Assert.Equal("PLDATA2\n"u8, file.AsSpan(0, 8));
        Assert.Equal(json.Length, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8)));
        Assert.Equal(json, file.AsSpan(12, json.Length));
        for (var i = 0; i < 4; i++)
            Assert.Equal(Values(5, offset: 1 + i), Singles(file.AsSpan(128 + (64 * i), 20)));
        Assert.Equal([0, 1, 2, 0, 1, 2], MemoryMarshal.Cast<byte, int>(file.AsSpan(384, 24)).ToArray());
        Assert.Equal(Bytes(0, 5), file.AsSpan(448, 5));
        Assert.Equal(448 + 30, file.Length);
    }

    [Fact]
    public void Equal_data_make_equal_bytes()
    {
        Write(features: 7, bytes: false);
        var first = Digest.OfFile(DataPath);
        Write(features: 7, bytes: false);

        Assert.Equal(first, Digest.OfFile(DataPath));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_row_out_of_range_is_refused(int row)
    {
        Write(features: 3, bytes: true);
        using var data = PreparedData.Open(DataPath);

        Assert.Throws<ArgumentOutOfRangeException>(() => data.ByteRow(row).Length);
    }

    [Fact]
    public void Rows_are_read_only_as_what_they_are()
    {
        Write(features: 3, bytes: true);
        using (var data = PreparedData.Open(DataPath))
            Assert.Throws<InvalidOperationException>(() => data.FloatRow(0).Length);
        Write(features: 3, bytes: false);
        using (var data = PreparedData.Open(DataPath))
            Assert.Throws<InvalidOperationException>(() => data.ByteRow(0).Length);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused()
    {
        Write(features: 5, bytes: true);
        var whole = File.ReadAllBytes(DataPath);
        for (var length = 0; length < whole.Length; length++)
            Refuses(whole[..length]);
    }

    [Fact]
    public void A_file_with_bytes_behind_its_end_is_refused()
    {
        Write(features: 5, bytes: true);

        Refuses([.. File.ReadAllBytes(DataPath), 0]);
    }

    [Theory]
    [InlineData("shape,classes\n1,2,3,4\n")]
    [InlineData("PLDATA1\n____{}")]
    public void A_foreign_file_is_refused(string content) => Refuses(Encoding.UTF8.GetBytes(content));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"shape":[0],"classes":2,"bytes":true,"training":1,"validation":1,"test":1}""")]
    [InlineData("""{"shape":[-1,-1],"classes":2,"bytes":true,"training":1,"validation":1,"test":1}""")]
    [InlineData("""{"shape":[65536,65536],"classes":2,"bytes":true,"training":1,"validation":1,"test":1}""")]
    [InlineData("""{"shape":[1],"classes":2,"bytes":true,"training":-1,"validation":1,"test":1}""")]
    [InlineData("""{"shape":[1],"classes":2,"bytes":true,"training":2147483647,"validation":1,"test":1}""")]
    [InlineData("""{"shape":[2147483647],"classes":2,"bytes":false,"training":2147483645,"validation":1,"test":1}""")]
    public void A_header_that_makes_no_sense_is_refused(string json)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);

        Refuses([.. "PLDATA2\n"u8, .. length, .. Encoding.UTF8.GetBytes(json), .. new byte[1024]]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_header_length_beyond_the_file_is_refused(int headerLength)
    {
        Write(features: 5, bytes: true);
        var file = File.ReadAllBytes(DataPath);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), headerLength);

        Refuses(file);
    }

    [Theory]
    [InlineData(4, 5, 6)]
    [InlineData(5, 4, 6)]
    [InlineData(5, 5, 5)]
    [InlineData(5, 5, 7)]
    public void Maps_and_labels_must_fit_the_header(int mapped, int mappedTest, int labels)
    {
        using var target = new MemoryStream();

        Assert.Throws<ArgumentException>(() =>
            PreparedData.Write(
                target,
                Header(5, bytes: true),
                FeatureMap.Identity(mapped),
                FeatureMap.Identity(mappedTest),
                new int[labels],
                _ => { }
            )
        );
    }

    [Theory]
    [InlineData(29)]
    [InlineData(31)]
    public void Features_must_fit_the_header(int written)
    {
        using var target = new MemoryStream();

        Assert.Throws<InvalidOperationException>(() =>
            PreparedData.Write(
                target,
                Header(5, bytes: true),
                FeatureMap.Identity(5),
                FeatureMap.Identity(5),
                new int[6],
                stream => stream.Write(new byte[written])
            )
        );
    }

    [Fact]
    public void Reading_rows_allocates_nothing()
    {
        Write(features: 5, bytes: true);
        using var data = PreparedData.Open(DataPath);
        var sum = Sum(data);

        var before = GC.GetAllocatedBytesForCurrentThread();
        sum += Sum(data);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.NotEqual(0, sum);
        Assert.Equal(0, allocated);

        static float Sum(PreparedData data)
        {
            var sum = 0f;
            for (var row = 0; row < 6; row++)
                sum += data.ByteRow(row)[0] + data.Map.Shift[0] + data.TestMap.Scale[0] + data.Labels[row];
            return sum;
        }
    }

    [Fact]
    public void A_map_has_as_many_scales_as_shifts() =>
        Assert.Throws<ArgumentException>(() => new FeatureMap(new float[2], new float[3]).Features);

    private static PreparedDataHeader Header(int features, bool bytes) =>
        new()
        {
            Shape = [features],
            Classes = 3,
            Bytes = bytes,
            Training = 3,
            Validation = 1,
            Test = 2,
        };

    private static byte[] Bytes(int row, int features) =>
        [.. Enumerable.Range(0, features).Select(j => (byte)((31 * row) + (7 * j) + 1))];

    private static float[] Floats(int row, int features) => Values(features, offset: 10 * (row + 1));

    private static float[] Values(int count, int offset) =>
        [.. Enumerable.Range(0, count).Select(j => (j - offset) / 3f)];

    private static float[] Singles(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private static void AssertMapAndLabels(PreparedData data, int features)
    {
        Assert.Equal(Values(features, offset: 1), data.Map.Shift.ToArray());
        Assert.Equal(Values(features, offset: 2), data.Map.Scale.ToArray());
        Assert.Equal(Values(features, offset: 3), data.TestMap.Shift.ToArray());
        Assert.Equal(Values(features, offset: 4), data.TestMap.Scale.ToArray());
        Assert.Equal([0, 1, 2, 0, 1, 2], data.Labels.ToArray());
    }

    private void Write(int features, bool bytes)
    {
        using var target = File.Create(DataPath);
        var map = new FeatureMap(Values(features, offset: 1), Values(features, offset: 2));
        var testMap = new FeatureMap(Values(features, offset: 3), Values(features, offset: 4));
        PreparedData.Write(
            target,
            Header(features, bytes),
            map,
            testMap,
            [0, 1, 2, 0, 1, 2],
            stream =>
            {
                for (var row = 0; row < 6; row++)
                    stream.Write(bytes ? Bytes(row, features) : MemoryMarshal.AsBytes<float>(Floats(row, features)));
            }
        );
    }

    private void Refuses(byte[] content)
    {
        File.WriteAllBytes(DataPath, content);

        var e = Assert.Throws<InvalidDataException>(() => PreparedData.Open(DataPath));

        Assert.Contains(DataPath, e.Message, StringComparison.Ordinal);
    }
}
