using System.Diagnostics;
using Pipeline.Artifacts;

namespace Pipeline.DataSets.Tests;

public sealed class DataSetLibraryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("datasetlibrarytests-").FullName;
    private readonly StringWriter output = new();

    public void Dispose()
    {
        output.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void What_no_study_can_name_is_passed_over()
    {
        Write("foo.bar.yaml", "version: 3\n");
        Write("Ünicode.yaml", "version: 3\n");
        Write("docker-compose.yaml", "version: 3\n");

        Assert.Equal(["docker-compose"], Library().Described);
    }

    [Fact]
    public void A_description_may_end_in_yml_but_no_two_have_one_name()
    {
        Write("a.yml", "format: csv\ntraining: d.csv\n");
        Assert.Equal(["a"], Library().Described);

        Write("a.yaml", "format: csv\ntraining: d.csv\n");
        Assert.Equal(
            $"Two files describe the data set a: {PathOf("a.yaml")} and {PathOf("a.yml")}; rename one.",
            Assert.Throws<PipelineException>(() => Library()).Message
        );
    }

    [Fact]
    public void A_data_set_that_is_decoded_is_told_in_one_line()
    {
        Write("d.yaml", "format: csv\ntraining: d.csv\ntest: t.csv\nheader: true\nlabel: kind\n");
        Write("d.csv", "x,y,kind\n1,2,b\n3,4,a\n5,6,b\n");
        Write("t.csv", "x,y,kind\n1,2,b\n");

        Assert.Equal(
            $"data: d: 3 + 1 test rows, 2 features, 2 classes (a: 1, b: 3), a header, class in column 3 ('kind'); from {folder}\n",
            Decode("d")
        );
    }

    [Fact]
    public void Long_lists_of_classes_are_cut()
    {
        Write("d.yaml", "format: csv\ntraining: d.csv\n");
        Write("d.csv", string.Concat(Enumerable.Range(0, 2400).Select(i => $"{i % 7},{i % 12}\n")));

        Assert.Equal(
            "data: d: 2,400 rows, 1 feature, 12 classes (0: 200, 1: 200, 2: 200, 3: 200, 4: 200, 5: 200, 6: 200, 7: 200, …, 11: 200), "
                + $"no header, class in column 2; from {folder}\n",
            Decode("d")
        );
    }

    [Fact]
    public void Images_whose_channels_seem_to_come_last_are_told_so()
    {
        Write("i.yaml", "format: npy\ntraining: [x.npy, y.npy]\n");
        File.WriteAllBytes(PathOf("x.npy"), Npy("(2, 5, 4, 3)", 120));
        File.WriteAllBytes(PathOf("y.npy"), [.. Npy("(2,)", 0), 0, 1]);

        Assert.Contains(
            "images of 4 × 3 in 5 channels (if the 3 are the channels, save them first: x.transpose(0, 3, 1, 2)), 2 classes",
            Decode("i"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Images_and_data_that_are_made_are_told_too()
    {
        Write("i.yaml", "format: npy\ntraining: [x.npy, y.npy]\n");
        File.WriteAllBytes(PathOf("x.npy"), Npy("(2, 3, 4, 5)", 120));
        File.WriteAllBytes(PathOf("y.npy"), [.. Npy("(2,)", 0), 0, 1]);

        Assert.Equal(
            $"data: i: 2 rows, images of 4 × 5 in 3 channels, 2 classes (0: 1, 1: 1); from {folder}\n",
            Decode("i")
        );
        Assert.EndsWith(
            "2 classes (0: 50, 1: 50); made here\n",
            Decode("two-spirals(100,0.1)"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_pipe_or_a_folder_is_no_data_file()
    {
        Write("d.yaml", "format: csv\ntraining: d.csv\n");
        Directory.CreateDirectory(PathOf("d.csv"));
        Refused();
        Directory.Delete(PathOf("d.csv"));
        Write("d.csv", "1,0\n2,1\n");
        Assert.StartsWith("data: d: 2 rows", Decode("d"), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        File.Delete(PathOf("d.csv"));
        using (var make = Process.Start("mkfifo", [PathOf("d.csv")]))
            make.WaitForExit();
        Refused();
        File.Delete(PathOf("d.csv"));
        File.CreateSymbolicLink(PathOf("d.csv"), "/dev/zero");
        Refused();

        void Refused() =>
            Assert.Equal(
                $"{PathOf("d.yaml")} names d.csv, which is no file, but a folder, a pipe or a device: put a file there.",
                Assert.Throws<PipelineException>(() => Decode("d")).Message
            );
    }

    [Fact]
    public void Reading_and_digesting_end_when_they_are_asked_to()
    {
        Write("d.yaml", "format: csv\ntraining: d.csv\n");
        Write("d.csv", "1,0\n2,1\n");
        using var cancellation = new CancellationTokenSource();
        var library = Library(cancellation.Token);
        Assert.Equal(Digest.Of("1,0\n2,1\n"), library.DigestOf(PathOf("d.csv")));
        cancellation.Cancel();

        Assert.StartsWith(
            "Interrupted",
            Assert.Throws<PipelineException>(() => library.Decode("d", library.Find("d"), Stream.Null)).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Interrupted",
            Assert.Throws<PipelineException>(() => library.DigestOf(PathOf("d.csv"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_allowed_is_part_of_a_key_where_something_is()
    {
        Write("d.yaml", "format: csv\ntraining: d.csv\n");
        Assert.DoesNotContain("allow", Library().Find("d").Parameters.Keys);
        Write("d.yaml", "format: csv\ntraining: d.csv\nallow: [row_numbers, many_classes]\n");
        Assert.Equal(Scalar.Of("many_classes,row_numbers"), Library().Find("d").Parameters["allow"]);
    }

    private static byte[] Npy(string shape, int length)
    {
        var head = $"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}\n";
        return [0x93, .. "NUMPY\x01\0"u8, (byte)head.Length, 0, .. head.Select(c => (byte)c), .. new byte[length]];
    }

    private DataSetLibrary Library(CancellationToken cancellation = default) =>
        new([folder], new([folder]), output, cancellation);

    private string Decode(string name)
    {
        output.GetStringBuilder().Clear();
        output.NewLine = "\n";
        using var target = new MemoryStream();
        var library = Library();
        library.Decode(name, library.Find(name), target);
        return output.ToString();
    }

    private string PathOf(string relative) => Path.Combine(folder, relative);

    private void Write(string relative, string text) => File.WriteAllText(PathOf(relative), text);
}
