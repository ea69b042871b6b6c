using System.Text;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Execution.Tests;

public sealed class FileSystemTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("execution-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Only_files_that_differ_are_written()
    {
        Dictionary<string, byte[]> files = new() { ["a.csv"] = "1"u8.ToArray(), ["b.md"] = "2"u8.ToArray() };

        Assert.Equal(["a.csv", "b.md"], ResultsFolder.Install(PathOf("study"), files, []));
        Assert.Empty(ResultsFolder.Install(PathOf("study"), files, []));
        File.WriteAllText(PathOf("study/a.csv"), "x");
        Assert.Equal(["a.csv"], ResultsFolder.Differing(PathOf("study"), files));
        Assert.Equal(["a.csv"], ResultsFolder.Install(PathOf("study"), files, []));
        Assert.Equal("1", File.ReadAllText(PathOf("study/a.csv")));
    }

    [Fact]
    public void Files_of_an_earlier_report_go_and_those_of_others_stay()
    {
        Directory.CreateDirectory(PathOf("study"));
        File.WriteAllText(PathOf("study/old.csv"), "");
        File.WriteAllText(PathOf("study/mine.txt"), "");

        Assert.Equal(["new.csv", "old.csv"], ResultsFolder.Install(PathOf("study"), new Dictionary<string, byte[]> { ["new.csv"] = [] }, ["old.csv"]));
        Assert.Equal(["mine.txt", "new.csv"], Directory.EnumerateFiles(PathOf("study")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_keeps_its_old_files_and_no_new_one()
    {
        Directory.CreateDirectory(PathOf("study/b.md"));
        File.WriteAllText(PathOf("study/a.csv"), "old");
        Dictionary<string, byte[]> files = new() { ["b.md"] = "2"u8.ToArray(), ["c.csv"] = "3"u8.ToArray() };

        var thrown = Assert.Throws<PipelineException>(() => ResultsFolder.Install(PathOf("study"), files, ["a.csv"]));

        Assert.Contains("--results=<folder>", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(["a.csv"], Directory.EnumerateFiles(PathOf("study")).Select(path => Path.GetFileName(path)!));
    }

    [Fact]
    public void A_data_set_is_found_in_a_folder_or_in_its_subfolder_and_only_when_whole()
    {
        var reader = DataSetLocator.Reader("fashion-mnist");
        var locator = new DataSetLocator([PathOf("first"), PathOf("second")]);
        Touch("first/train-images-idx3-ubyte.gz");
        Assert.Null(locator.TryLocate("fashion-mnist", reader));

        foreach (var file in reader.Files)
            Touch($"second/fashion-mnist/{file}");
        Assert.Equal(reader.Files.Select(file => PathOf($"second/fashion-mnist/{file}")), locator.Locate("fashion-mnist", reader));
    }

    [Fact]
    public void A_missing_data_set_is_told_with_its_remedy()
    {
        var reader = DataSetLocator.Reader("fashion-mnist");

        var thrown = Assert.Throws<PipelineException>(() => new DataSetLocator([PathOf("nowhere")]).Locate("fashion-mnist", reader));

        Assert.Contains("--data=<folder>", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(PathOf("nowhere"), thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_data_set_of_the_catalogue_can_be_named_in_a_study() => Assert.All(
        DataSetReaderCatalogue.Names, name => Assert.NotEmpty(DataSetLocator.Reader(DataSetLocator.StudyName(name)).Remedy));

    [Theory]
    [InlineData(new[] { "0", "1" }, 2)]
    [InlineData(new[] { "0-1", "0-1" }, 1)]
    [InlineData(new[] { "0,4", "1,5", "0,4", "1,5" }, 2)]
    public void Hardware_threads_of_one_core_count_once(string[] siblings, int cores)
    {
        for (var i = 0; i < siblings.Length; i++)
        {
            Directory.CreateDirectory(PathOf($"cpu/cpu{i}/topology"));
            File.WriteAllText(PathOf($"cpu/cpu{i}/topology/thread_siblings_list"), siblings[i] + "\n", Encoding.ASCII);
        }

        Assert.Equal(cores, PhysicalCores.FromLinux(PathOf("cpu")));
    }

    [Fact]
    public void Where_the_system_does_not_tell_its_cores_there_is_one_at_least()
    {
        Assert.Null(PhysicalCores.FromLinux(PathOf("nowhere")));
        Assert.InRange(PhysicalCores.Count, 1, Environment.ProcessorCount);
    }

    private string PathOf(string relative) => Path.Combine(folder, relative);

    private void Touch(string relative)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), "");
    }
}
