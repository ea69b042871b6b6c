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
        Write(Idx.Of(Idx.Counted(0, 18), 3, 2, 3), Idx.Of([9, 0, 4], 3), Idx.Of(Idx.Counted(100, 12), 2, 2, 3), Idx.Of([7, 1], 2));

        var data = Read();

        Assert.Equal([1, 2, 3], data.Shape);
        Assert.Equal(10, data.Classes);
        Assert.Equal([.. Idx.Counted(0, 18), .. Idx.Counted(100, 12)], data.Bytes!);
        Assert.Equal([9, 0, 4, 7, 1], data.Labels);
        Assert.Equal(2, data.PublishedTest);
    }

    [Fact]
    public void Fewer_labels_than_images_are_refused()
    {
        Write(Idx.Of(new byte[18], 3, 2, 3), Idx.Of([9, 0], 2), Idx.Of(new byte[12], 2, 2, 3), Idx.Of([7, 1], 2));

        Assert.Equal($"{Path(0)} holds 3 images, but {Path(1)} 2 labels.", Refusal());
    }

    [Fact]
    public void More_test_labels_than_test_images_are_refused()
    {
        Write(Idx.Of(new byte[18], 3, 2, 3), Idx.Of([9, 0, 1], 3), Idx.Of(new byte[12], 2, 2, 3), Idx.Of([7, 1, 1], 3));

        Assert.Equal($"{Path(2)} holds 2 images, but {Path(3)} 3 labels.", Refusal());
    }

    [Fact]
    public void Images_of_two_sizes_are_refused()
    {
        Write(Idx.Of(new byte[18], 3, 2, 3), Idx.Of([9, 0, 1], 3), Idx.Of(new byte[12], 2, 3, 2), Idx.Of([7, 1], 2));

        Assert.Equal($"{Path(0)} and {Path(2)} hold images of different sizes.", Refusal());
    }

    [Fact]
    public void A_label_above_9_is_refused()
    {
        Write(Idx.Of(new byte[18], 3, 2, 3), Idx.Of([9, 0, 1], 3), Idx.Of(new byte[12], 2, 2, 3), Idx.Of([10, 1], 2));

        Assert.Equal($"{Path(1)} or {Path(3)} holds a label above 9.", Refusal());
    }

    [Fact]
    public void Images_in_place_of_labels_are_refused()
    {
        var images = Idx.Of(new byte[18], 3, 2, 3);
        Write(images, images, images, images);

        Assert.Equal($"{Path(1)} is not an IDX file of unsigned bytes with 1 dimensions.", Refusal());
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
