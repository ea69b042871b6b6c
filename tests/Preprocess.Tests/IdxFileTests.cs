using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Images = Idx.Of(Idx.Counted(0, 24), 2, 3, 4);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names => ["images", "images.gz"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Sizes_and_values_are_read_gzipped_or_not(string name)
    {
        var file = IdxFile.Read(folder.Write(name, Images), least: 3, most: 3);

        Assert.Equal([2, 3, 4], file.Shape);
        Assert.Equal(Idx.Counted(0, 24), file.Values);
    }

    [Fact]
    public void Sizes_are_big_endian()
    {
        var file = IdxFile.Read(folder.Write("labels", Idx.Of(new byte[258], 258)), least: 1, most: 1);

        Assert.Equal([258], file.Shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_lacks_a_value_is_refused(string name)
    {
        var whole = File.ReadAllBytes(folder.Write(name, Images));
        for (var length = 0; length < whole.Length; length++)
            Refuses(folder.WriteRaw(name, whole[..length]), " is cut off or damaged: get the file again.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_behind_the_end_are_refused(string name) =>
        Refuses(folder.Write(name, [.. Images, 0]), " holds more than the 24 values that its head says.");

    [Fact]
    public void Whether_a_file_is_gzipped_is_no_matter_of_its_name()
    {
        var plain = folder.WriteRaw("images.gz", Images);
        var zipped = folder.WriteRaw("images", TemporaryFolder.Gzipped(Images));

        Assert.Equal(IdxFile.Read(plain, least: 3, most: 3).Values, IdxFile.Read(zipped, least: 3, most: 3).Values);
    }

    [Fact]
    public void Another_checksum_is_refused()
    {
        var damaged = TemporaryFolder.Gzipped(Images);
        damaged[^5] ^= 1;

        Refuses(folder.WriteRaw("images.gz", damaged), " is cut off or damaged: get the file again.");
    }

    [Theory]
    [InlineData(0x0D, 3)]
    [InlineData(0x09, 3)]
    [InlineData(Idx.UnsignedByte, 1)]
    [InlineData(Idx.UnsignedByte, 4)]
    public void Another_type_or_number_of_dimensions_is_refused(byte type, int dimensions)
    {
        var sizes = new int[dimensions];
        Array.Fill(sizes, 1);

        Refuses(
            folder.Write("images", [.. Idx.Head(type, sizes), .. new byte[64]]),
            " is not an IDX file of unsigned bytes with 3 dimensions."
        );
    }

    [Theory]
    [InlineData(0, 28, 28)]
    [InlineData(28, 28, 0)]
    [InlineData(-1, 28, 28)]
    [InlineData(-1, -1, 1)]
    [InlineData(int.MinValue, 1, 1)]
    [InlineData(int.MaxValue, 1, 1)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(65536, 65536, 1)]
    [InlineData(65536, 65536, 65536)]
    public void Absurd_sizes_are_refused_before_anything_is_allocated(int images, int height, int width)
    {
        var path = folder.Write("images", Idx.Of([1, 2, 3], images, height, width));

        Refuses(path, $" claims sizes {images}×{height}×{width}, which can't be right.");
    }

    [Fact]
    public void A_size_that_the_file_has_no_room_for_is_refused_before_it_is_allocated()
    {
        var path = folder.Write("images", Idx.Of([1, 2, 3], 60_000, 28, 28));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refuses(path, " is cut off or damaged: get the file again.");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_range_of_dimensions_is_named_in_the_refusal()
    {
        var path = folder.Write("images", Idx.Of([1], 1, 1, 1, 1, 1));

        var e = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, least: 2, most: 4));

        Assert.Equal($"{path} is not an IDX file of unsigned bytes with 2 to 4 dimensions.", e.Message);
    }

    private static void Refuses(string path, string sentence)
    {
        var e = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, least: 3, most: 3));

        Assert.Equal(path + sentence, e.Message);
    }
}
