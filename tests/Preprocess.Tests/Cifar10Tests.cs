using System.Formats.Tar;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

public sealed class Cifar10Tests : IDisposable
{
    private const string Archive = "cifar-10-binary.tar.gz";
    private const int Pixels = 3 * 32 * 32;

    private readonly Described data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void Batches_of_the_archive_are_put_in_order_whatever_else_it_holds()
    {
        WriteArchive(
            ("batches.meta.txt", "airplane"u8.ToArray()),
            ("data_batch_2.bin", Row(2, 20)),
            ("test_batch.bin", [.. Row(9, 90), .. Row(8, 80)]),
            ("data_batch_5.bin", Row(5, 50)),
            ("data_batch_1.bin", [.. Row(0, 1), .. Row(1, 10)]),
            ("data_batch_4.bin", Row(4, 40)),
            ("data_batch_3.bin", Row(3, 30)),
            ("readme.html", [])
        );

        var read = ReadArchive();

        Assert.Equal([3, 32, 32], read.Shape);
        Assert.Equal((10, 2), (read.Classes, read.PublishedTest));
        Assert.Equal([0, 1, 2, 3, 4, 5, 9, 8], read.Labels);
        byte[] first = [1, 10, 20, 30, 40, 50, 90, 80];
        Assert.Equal(first.SelectMany(pixel => Row(0, pixel)[1..]), read.Bytes!);
    }

    [Fact]
    public void A_missing_batch_is_named()
    {
        WriteArchive([.. Batches().Where(batch => batch.Name != "data_batch_4.bin")]);

        Assert.Equal(
            $"{Archive} lacks cifar-10-batches-bin/data_batch_4.bin: get the file again.",
            data.Refusal(ReadArchive)
        );
    }

    [Fact]
    public void A_batch_that_is_no_whole_number_of_rows_is_refused()
    {
        WriteArchive([("data_batch_1.bin", Row(0, 1)[..^1])]);

        Assert.Equal(
            $"{Archive}/cifar-10-batches-bin/data_batch_1.bin is 3072 bytes long; "
                + "a row is 3073, so that row 1 is cut off or the file is another.",
            data.Refusal(ReadArchive)
        );
    }

    [Fact]
    public void An_archive_that_is_cut_off_is_refused_wherever_it_is_cut()
    {
        WriteArchive([.. Batches()]);
        var whole = File.ReadAllBytes(data.Folder.PathOf(Archive));
        int[] lengths =
        [
            .. Enumerable.Range(0, 30),
            .. Enumerable.Range(1, 50).Select(i => whole.Length * i / 51),
            .. Enumerable.Range(1, 30).Select(i => whole.Length - i),
        ];

        foreach (var length in lengths)
        {
            data.Folder.WriteRaw(Archive, whole[..length]);
            Assert.Contains(
                "is cut off or damaged: get the file again.",
                data.Refusal(ReadArchive),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void A_tar_that_is_cut_off_before_it_was_zipped_is_refused()
    {
        var tar = Tar([.. Batches()]);
        for (var length = 512; length < tar.Length - 2048; length += 700)
        {
            data.Folder.Write(Archive, tar[..length]);
            Assert.Matches("is cut off or damaged: get the file again|lacks cifar-10", data.Refusal(ReadArchive));
        }
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        data.Folder.Write(Archive, [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))]);

        Assert.Equal($"{Archive} is cut off or damaged: get the file again.", data.Refusal(ReadArchive));
    }

    [Fact]
    public void Batches_may_lie_about_as_files_of_their_own()
    {
        data.Folder.Write("a.bin", [.. Row(3, 1), .. Row(0, 2)]);
        data.Folder.Write("b.bin.gz", Row(1, 3));
        data.Folder.Write("t.bin", Row(9, 4));

        var read = data.Read("cifar10", ["a.bin", "b.bin.gz"], ["t.bin"]);

        Assert.Equal([3, 0, 1, 9], read.Labels);
        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 4).Select(row => read.Bytes![row * Pixels]));
        Assert.Equal((10, 1), (read.Classes, read.PublishedTest));
    }

    [Fact]
    public void A_file_of_another_length_or_with_another_label_is_refused_with_its_row()
    {
        Assert.Equal(
            "a.bin is 3074 bytes long; a row is 3073, so that row 2 is cut off or the file is another.",
            Refusal("a.bin", [.. Row(0, 0), 1])
        );
        Assert.Equal(
            "a.bin is 0 bytes long; a row is 3073, so that row 1 is cut off or the file is another.",
            Refusal("a.bin", [])
        );
        Assert.Equal(
            "a.bin has the label 10 in row 2; labels are 0…9.",
            Refusal("a.bin", [.. Row(9, 0), .. Row(10, 0)])
        );

        string Refusal(string name, byte[] content)
        {
            data.Folder.Write(name, content);
            return data.Refusal(() => data.Read("cifar10", [name]));
        }
    }

    private static IEnumerable<(string Name, byte[] Content)> Batches() =>
        [
            .. Enumerable.Range(1, 5).Select(i => ($"data_batch_{i}.bin", Row((byte)i, (byte)i))),
            ("test_batch.bin", Row(0, 0)),
        ];

    /// <summary>A row whose pixels change from one to the next.</summary>
    private static byte[] Row(byte label, byte first) =>
        [label, .. Enumerable.Range(0, Pixels).Select(i => (byte)(first + (i * i)))];

    private static byte[] Tar((string Name, byte[] Content)[] entries)
    {
        using var target = new MemoryStream();
        using (var tar = new TarWriter(target, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "cifar-10-batches-bin/"));
            foreach (var (name, content) in entries)
                tar.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, "cifar-10-batches-bin/" + name)
                    {
                        DataStream = new MemoryStream(content),
                    }
                );
        }
        return target.ToArray();
    }

    private void WriteArchive(params (string Name, byte[] Content)[] entries) =>
        data.Folder.Write(Archive, Tar(entries));

    private DataSet ReadArchive() => DataSetReaderCatalogue.Create("cifar10", []).Read([data.Folder.PathOf(Archive)]);
}
