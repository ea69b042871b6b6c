using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class IdxFormatTests : IDisposable
{
    private readonly Described data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData(new[] { 2, 6 }, new[] { 6 })]
    [InlineData(new[] { 2, 2, 3 }, new[] { 1, 2, 3 })]
    [InlineData(new[] { 2, 3, 1, 2 }, new[] { 3, 1, 2 })]
    public void A_sample_is_a_vector_or_an_image_with_or_without_channels(int[] sizes, int[] shape)
    {
        Write("x", Idx.Of(Idx.Counted(5, 12), sizes), Idx.Of([1, 0], 2));

        var read = data.Read("idx", ["x", "x-labels.gz"]);

        Assert.Equal(shape, read.Shape);
        Assert.Equal(Idx.Counted(5, 12), read.Bytes!);
        Assert.Equal([1, 0], read.Labels);
        Assert.Equal((2, 0), (read.Classes, read.PublishedTest));
    }

    [Fact]
    public void Test_rows_come_last()
    {
        Write("x", Idx.Of([1, 2], 2, 1), Idx.Of([0, 1], 2));
        Write("test", Idx.Of([3], 1, 1), Idx.Of([1], 1));

        var read = ReadBoth();

        Assert.Equal([1, 2, 3], read.Bytes!);
        Assert.Equal([0, 1, 1], read.Labels);
        Assert.Equal((2, 1), (read.Classes, read.PublishedTest));
    }

    [Fact]
    public void Files_that_do_not_fit_each_other_are_refused()
    {
        Write("x", Idx.Of([1, 2, 3, 4], 2, 2), Idx.Of([0, 1], 2));

        Write("test", Idx.Of([1, 2, 3], 1, 3), Idx.Of([0], 1));
        Assert.Equal("x holds samples of 2 and test of 3; they must be of one shape.", data.Refusal(ReadBoth));
        Write("test", Idx.Of([1, 2], 1, 2), Idx.Of([3], 1));
        Assert.Equal(
            "test-labels.gz has the label 3 in row 1, but those of x-labels.gz end at 1.",
            data.Refusal(ReadBoth)
        );
        Write("test", Idx.Of([1, 2], 1, 2), Idx.Of([1, 1], 2));
        Assert.Equal("test holds 1 rows, but test-labels.gz 2 labels.", data.Refusal(ReadBoth));
        Write("test", Idx.Of([1], 1, 1), Idx.Of([0], 1));
        Write("x", Idx.Of([1, 2], 2, 1), Idx.Of([0, 0], 2));
        Assert.Equal(
            "x-labels.gz holds no label but 0; a data set needs two classes at least.",
            data.Refusal(ReadBoth)
        );
        Write("x", Idx.Of([1, 2], 2), Idx.Of([0, 1], 2));
        Assert.Equal("x is not an IDX file of unsigned bytes with 2 to 4 dimensions.", data.Refusal(ReadBoth));
    }

    private DataSet ReadBoth() => data.Read("idx", ["x", "x-labels.gz"], ["test", "test-labels.gz"]);

    private void Write(string name, byte[] features, byte[] labels)
    {
        data.Folder.Write(name, features);
        data.Folder.Write(name + "-labels.gz", labels);
    }
}
