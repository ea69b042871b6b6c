using Pipeline.Artifacts;

namespace Pipeline.Flow.Tests;

public sealed class ResultsFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("results-").FullName;

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

        Assert.Equal(
            ["new.csv", "old.csv"],
            ResultsFolder.Install(PathOf("study"), new Dictionary<string, byte[]> { ["new.csv"] = [] }, ["old.csv"])
        );
        Assert.Equal(
            ["mine.txt", "new.csv"],
            Directory
                .EnumerateFiles(PathOf("study"))
                .Select(path => Path.GetFileName(path)!)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_former_file_whose_folder_is_gone_has_gone()
    {
        Directory.CreateDirectory(PathOf("study"));
        File.WriteAllText(PathOf("study/old.csv"), "");

        ResultsFolder.Install(
            PathOf("study"),
            new Dictionary<string, byte[]> { ["new.csv"] = [] },
            ["tensors/weight.npy", "old.csv"]
        );

        Assert.True(File.Exists(PathOf("study/new.csv")));
        Assert.False(File.Exists(PathOf("study/old.csv")));
    }

    [Fact]
    public void The_former_manifest_stays_until_all_else_is_done()
    {
        // A folder in a file's place can't be deleted as a file.
        Directory.CreateDirectory(PathOf("study/claims.csv"));
        File.WriteAllText(PathOf("study/manifest.json"), "former");
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["manifest.json"] = "new"u8.ToArray(),
            ["z.md"] = "z"u8.ToArray(),
        };

        Assert.Throws<PipelineException>(() => ResultsFolder.Install(PathOf("study"), files, ["claims.csv"]));

        Assert.Equal("z", File.ReadAllText(PathOf("study/z.md")));
        Assert.Equal("former", File.ReadAllText(PathOf("study/manifest.json")));
    }

    [Fact]
    public void Beside_a_damaged_manifest_claims_are_those_of_an_earlier_report()
    {
        Directory.CreateDirectory(PathOf("study"));
        File.WriteAllText(PathOf("study/manifest.json"), "<<<<<<< HEAD\n");

        Assert.Equal(["claims.csv"], ResultsFolder.FormerFiles(PathOf("study")));
    }

    [Fact]
    public void A_manifest_that_names_files_elsewhere_has_none_there()
    {
        File.WriteAllText(
            Path.Combine(folder, "manifest.json"),
            """{"file:../../victim": "", "file:/etc/passwd": ""}"""
        );

        Assert.Equal(["passwd", "victim"], ResultsFolder.FormerFiles(folder).Order(StringComparer.Ordinal));
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
    public void What_a_command_that_died_left_is_deleted_though_nothing_is_to_write()
    {
        Dictionary<string, byte[]> files = new() { ["a.csv"] = "1"u8.ToArray() };
        ResultsFolder.Install(PathOf("study"), files, []);
        var stage = PathOf("study/.unfinished-0123456789abcdef0123456789abcdef");
        Directory.CreateDirectory(stage);
        foreach (var left in (string[])["a.csv.4711.tmp", "old.svg.4711.tmp", $"{stage}/.gitignore", $"{stage}/0"])
            File.WriteAllText(Path.Combine(PathOf("study"), left), "");

        Assert.Equal(["old.svg"], ResultsFolder.Install(PathOf("study"), files, ["old.svg"]));

        Assert.Equal([PathOf("study/a.csv")], Directory.EnumerateFileSystemEntries(PathOf("study")));
    }

    private string PathOf(string relative) => Path.Combine(folder, relative);
}
