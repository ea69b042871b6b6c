using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class StudyHistoryTests : IDisposable
{
    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_saved_is_there_the_next_time()
    {
        Save("study", "train activation=leaky_relu(0.01) é seed=1", "a");
        Save("study", "train activation=leaky_relu(0.01) é seed=1", "b");
        Save("other", "train", "c");
        Assert.Equal(
            Digest.Of("b"),
            folder.Open().History("study").LastKey("train activation=leaky_relu(0.01) é seed=1")
        );
        Assert.Null(folder.Open().History("study").LastKey("train"));
        Assert.Equal(Digest.Of("c"), folder.Open().History("other").LastKey("train"));
    }

    [Fact]
    public void What_is_noted_counts_at_once_but_is_not_saved_by_itself()
    {
        var history = folder.Cache.History("study");
        history.Note("slot", Digest.Of("a"));
        Assert.Equal(Digest.Of("a"), history.LastKey("slot"));
        Assert.Null(folder.Open().History("study").LastKey("slot"));
    }

    [Fact]
    public void Two_processes_keep_each_others_slots()
    {
        var (one, two) = (folder.Open().History("study"), folder.Open().History("study"));
        one.Note("a", Digest.Of("1"));
        two.Note("b", Digest.Of("2"));
        one.Save();
        two.Save();
        var history = folder.Open().History("study");
        Assert.Equal((Digest.Of("1"), Digest.Of("2")), (history.LastKey("a"), history.LastKey("b")));
    }

    [Fact]
    public void Processes_that_save_at_the_same_time_lose_nothing()
    {
        Parallel.For(
            0,
            32,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Save("study", $"slot {i}", $"{i}")
        );
        var history = folder.Open().History("study");
        Assert.All(Enumerable.Range(0, 32), i => Assert.Equal(Digest.Of($"{i}"), history.LastKey($"slot {i}")));
    }

    [Fact]
    public void A_damaged_line_loses_its_slot_only()
    {
        Save("study", "a", "1");
        Save("study", "b", "2");
        var path = Assert.Single(folder.Files("history"));
        File.WriteAllText(path, "X" + File.ReadAllText(path)[1..] + "cut off");
        var history = folder.Open().History("study");
        Assert.Null(history.LastKey("a"));
        Assert.Equal(Digest.Of("2"), history.LastKey("b"));
    }

    [Fact]
    public void A_slot_is_one_line_and_a_key_a_digest()
    {
        var history = folder.Cache.History("study");
        Assert.Throws<ArgumentException>(() => history.Note("a\nb", Digest.Of("")));
        Assert.Throws<ArgumentException>(() => history.Note("a", "1"));
    }

    private void Save(string study, string slot, string key)
    {
        var history = folder.Open().History(study);
        history.Note(slot, Digest.Of(key));
        history.Save();
    }
}
