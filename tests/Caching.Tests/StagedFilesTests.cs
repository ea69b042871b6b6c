namespace Pipeline.Caching.Tests;

public sealed class StagedFilesTests : IDisposable
{
    private const string Stage = ".unfinished-0123456789abcdef0123456789abcdef";

    private readonly string folder = Directory.CreateTempSubdirectory("staged-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_appear_in_their_places_when_all_are_written()
    {
        Write("a.csv", "old");
        using (var staged = new StagedFiles(folder))
        {
            staged.Add("a.csv", "new"u8.ToArray());
            staged.Add("within/b.csv", "b"u8.ToArray());
            Assert.Equal("old", File.ReadAllText(PathOf("a.csv")));
            staged.MoveAll();
        }
        Assert.Equal(["a.csv", "within/b.csv"], Names());
        Assert.Equal("new", File.ReadAllText(PathOf("a.csv")));
    }

    [Fact]
    public void What_is_not_moved_goes()
    {
        using (var staged = new StagedFiles(folder))
            staged.Add("a.csv", []);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void Git_is_told_to_ignore_what_is_not_in_its_place()
    {
        using var staged = new StagedFiles(folder);
        var stage = Assert.Single(Directory.EnumerateDirectories(folder));
        Assert.True(StagedFiles.IsStage(Path.GetFileName(stage)));
        Assert.Equal("*\n".Length, new FileInfo(Path.Combine(stage, ".gitignore")).Length);
    }

    [Fact]
    public void What_dead_commands_left_is_deleted_and_what_live_ones_write_is_not()
    {
        Write($"{Stage}/.gitignore", "*\n");
        Write($"{Stage}/0", "half");
        Write($"{Stage[..^1]}e/.git", "");
        Directory.CreateDirectory(PathOf($"{Stage[..^1]}d"));
        using var live = new StagedFiles(folder);
        live.Add("a.csv", []);
        StagedFiles.DeleteLeftovers(folder, ["a.csv"]);
        Assert.Single(Directory.EnumerateDirectories(folder));
        live.MoveAll();
        Assert.True(File.Exists(PathOf("a.csv")));
    }

    [Fact]
    public void Leftovers_of_earlier_versions_are_deleted_by_their_whole_form()
    {
        string[] others =
        [
            "a.csv",
            "a.csv.tmp",
            "a.csv.12x.tmp",
            "mine.csv.123.tmp",
            "a.csv.123.tmp.txt",
            "deep/a.csv.1.tmp",
        ];
        foreach (var name in (string[])["a.csv.123.tmp", "learning-curves.svg.4711.tmp", .. others])
            Write(name, "");
        StagedFiles.DeleteLeftovers(folder, ["a.csv", "learning-curves.svg"]);
        Assert.Equal(others.Order(), Names());
    }

    [Fact]
    public void A_folder_that_is_missing_has_no_leftovers() =>
        StagedFiles.DeleteLeftovers(PathOf("missing"), ["a.csv"]);

    private string PathOf(string name) => Path.Combine(folder, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    private IEnumerable<string> Names() =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Order();
}
