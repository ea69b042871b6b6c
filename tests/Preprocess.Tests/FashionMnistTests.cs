using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class FashionMnistTests : IDisposable
{
    private static readonly DataSetReader Reader = DataSetReaderCatalogue.Create("fashion_mnist", []);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Four_files_make_one_data_set_with_the_published_test_rows_last()
    {
        Write(Images(3, first: 1), Idx.Of([9, 0, 4], 3), Images(2, first: 101), Idx.Of([7, 1], 2));

        var data = Read();

        Assert.Equal([1, 28, 28], data.Shape);
        Assert.Equal(10, data.Classes);
        Assert.Equal([1, 2, 3, 101, 102], Enumerable.Range(0, 5).Select(row => data.Bytes![row * 28 * 28]));
        Assert.Equal(5 * 28 * 28, data.Bytes!.Length);
        Assert.Equal([9, 0, 4, 7, 1], data.Labels);
        Assert.Equal(2, data.PublishedTest);
    }

    [Fact]
    public void Fewer_labels_than_images_are_refused()
    {
        Write(Images(3), Idx.Of([9, 0], 2), Images(2), Idx.Of([7, 1], 2));

        Assert.Equal($"{Path(0)} holds 3 images, but {Path(1)} 2 labels.", Refusal());
    }

    [Fact]
    public void More_test_labels_than_test_images_are_refused()
    {
        Write(Images(3), Idx.Of([9, 0, 1], 3), Images(2), Idx.Of([7, 1, 1], 3));

        Assert.Equal($"{Path(2)} holds 2 images, but {Path(3)} 3 labels.", Refusal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Images_of_another_size_are_refused(int file)
    {
        Write(Images(3), Idx.Of([9, 0, 1], 3), Images(2), Idx.Of([7, 1], 2));
        folder.Write(Reader.Files[file], Idx.Of(new byte[3 * 28 * 27], 3, 28, 27));

        Assert.Equal($"{Path(file)} holds images of 28×27; 28×28 are expected.", Refusal());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_label_above_9_is_refused(int file)
    {
        Write(Images(2), Idx.Of([9, 0], 2), Images(2), Idx.Of([7, 1], 2));
        folder.Write(Reader.Files[file], Idx.Of([3, 10], 2));

        Assert.Equal($"{Path(file)} holds a label above 9.", Refusal());
    }

    [Fact]
    public void Images_in_place_of_labels_are_refused()
    {
        var images = Images(3);
        Write(images, images, images, images);

        Assert.Equal($"{Path(1)} is not an IDX file of unsigned bytes with 1 dimension.", Refusal());
    }

    /// <summary>Images whose first pixel counts up.</summary>
    private static byte[] Images(int count, int first = 0)
    {
        var pixels = new byte[count * 28 * 28];
        for (var i = 0; i < count; i++)
            pixels[i * 28 * 28] = (byte)(first + i);
        return Idx.Of(pixels, count, 28, 28);
    }

    private void Write(params byte[][] files)
    {
        for (var i = 0; i < files.Length; i++)
            folder.Write(Reader.Files[i], files[i]);
    }

    private DataSet Read() => Reader.Read([.. Reader.Files.Select(folder.PathOf)]);

    private string Refusal() => Assert.Throws<InvalidDataException>(Read).Message;

    private string Path(int file) => folder.PathOf(Reader.Files[file]);
}
