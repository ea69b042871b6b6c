using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class CloneRecordsTests : IDisposable
{
    private static readonly string First = Digest.Of("first");
    private static readonly string Second = Digest.Of("second");

    private readonly TemporaryCache folder = new();
    private readonly List<FileInfo> gone = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_clone_has_its_last_key_of_each_study()
    {
        var root = Clone("one");
        Note(root, ("a", First), ("b", First));
        Note(root, ("a", Second));
        Note(Clone("two"), ("a", First));

        Assert.Equal([First, First, Second], Needed().OrderBy(key => key == Second));
        Assert.Empty(gone);
    }

    [Fact]
    public void Two_commands_of_a_clone_note_theirs_at_once()
    {
        var root = Clone("one");

        Parallel.For(0, 40, i => Note(root, ($"study{i}", Digest.Of($"{i}"))));

        Assert.Equal(40, Needed().Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_clone_without_results_is_gone()
    {
        var root = Clone("one");
        Note(root, ("a", First));
        Directory.Delete(Path.Combine(root, "results"));

        Assert.Empty(Needed());
        Assert.Single(gone);
    }

    [Fact]
    public void A_clone_that_can_not_be_looked_into_is_there()
    {
        // A link to itself, since nothing is closed to root.
        var root = Path.Combine(folder.Root, "loop");
        File.CreateSymbolicLink(root, root);
        Note(root, ("a", First));

        Assert.Equal([First], Needed());
        Assert.Empty(gone);
    }

    [Fact]
    public void Of_a_clone_on_another_machine_nobody_knows_that_it_is_gone()
    {
        new CloneRecords(folder.Root, "elsewhere").Note("/nowhere", Keys(("a", First)));

        Assert.Equal([First], Needed());
        Assert.Empty(gone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("host")]
    [InlineData("host\n/root\na")]
    [InlineData("host\n/root\na ../../etc/passwd")]
    [InlineData("host\n/root\na b c")]
    public void What_is_no_record_is_passed_over_and_stays(string text)
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, "clones"));
        File.WriteAllText(Path.Combine(folder.Root, "clones", First), text);
        File.WriteAllText(Path.Combine(folder.Root, "clones", "letter.txt"), "not the cache's");

        Assert.Empty(Needed());
        Assert.Empty(gone);
        Assert.Equal(2, folder.Files("clones").Length);
    }

    [Fact]
    public void Where_no_record_can_be_written_nothing_is_noted()
    {
        File.WriteAllText(Path.Combine(folder.Root, "clones"), "in the way");

        Note(Clone("one"), ("a", First));

        Assert.Empty(Needed());
    }

    private string Clone(string name) =>
        Directory.CreateDirectory(Path.Combine(folder.Root, name, "results")).Parent!.FullName;

    private void Note(string root, params (string Study, string Key)[] keys) =>
        folder.Cache.Clones()!.Note(root, Keys(keys));

    private IReadOnlyList<string> Needed() => [.. folder.Cache.Clones()!.Needed(gone.Add)];

    private static Dictionary<string, string> Keys(params (string Study, string Key)[] keys) =>
        keys.ToDictionary(key => key.Study, key => key.Key, StringComparer.Ordinal);
}
