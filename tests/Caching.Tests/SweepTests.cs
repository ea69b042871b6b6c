using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_empty_cache_is_swept_at_once() =>
        Assert.Equal(new SweepResult(0, 0, 0, 0), folder.Cache.Sweep(TimeSpan.Zero, 0));

    [Fact]
    public void What_was_not_used_for_long_is_deleted()
    {
        var (old, young) = (TemporaryCache.Key(1), TemporaryCache.Key(2));
        folder.Store(old, "old");
        SetUsed(TimeSpan.FromDays(-31));
        folder.Store(young, "young");
        var result = folder.Cache.Sweep(TimeSpan.FromDays(30), null);
        Assert.Equal((2, 2), (result.Deleted, result.Kept));
        Assert.False(folder.Cache.TryGet(old.Digest, out _, out _));
        Assert.True(folder.Cache.TryGet(young.Digest, out _, out _));
    }

    [Fact]
    public void Reading_is_use()
    {
        var key = TemporaryCache.Key();
        folder.Store(key);
        folder.Clock.Advance(TimeSpan.FromDays(20));
        Assert.True(folder.Open().TryGet(key.Digest, out var manifest, out _));
        Assert.NotNull(folder.Open().TryRead(manifest.Outputs["result"].Digest));
        folder.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, folder.Cache.Sweep(TimeSpan.FromDays(30), null).Deleted);
        Assert.Equal(2, folder.Cache.Sweep(TimeSpan.FromDays(19), null).Deleted);
    }

    [Fact]
    public void Mapping_and_storing_again_are_use()
    {
        var mapped = folder.Cache.Put("mapped"u8);
        folder.Cache.Put("stored"u8);
        folder.Clock.Advance(TimeSpan.FromDays(20));
        Assert.NotNull(folder.Open().TryOpenPath(mapped.Digest));
        folder.Open().Put("stored"u8);
        folder.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, folder.Cache.Sweep(TimeSpan.FromDays(30), null).Deleted);
    }

    [Fact]
    public void Use_within_a_day_is_not_written_down()
    {
        var output = folder.Cache.Put("x"u8);
        var path = folder.PathOf("cas", output.Digest);
        var before = File.GetLastWriteTimeUtc(path);
        folder.Clock.Advance(TimeSpan.FromHours(20));
        folder.Cache.TryRead(output.Digest);
        Assert.Equal(before, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void The_least_recently_used_go_first_until_the_rest_fits()
    {
        string[] digests = [.. Enumerable.Range(0, 10).Select(i => folder.Cache.Put(new byte[100 + i]).Digest)];
        for (var i = 0; i < digests.Length; i++)
            File.SetLastWriteTimeUtc(
                folder.PathOf("cas", digests[i]),
                folder.Clock.GetUtcNow().UtcDateTime.AddHours(-i)
            );
        var result = folder.Cache.Sweep(TimeSpan.FromDays(30), 310);
        Assert.Equal(new SweepResult(7, 742, 3, 303), result);
        Assert.All(digests[..3], digest => Assert.NotNull(folder.Cache.TryRead(digest)));
        Assert.All(digests[3..], digest => Assert.Null(folder.Cache.TryRead(digest)));
    }

    [Fact]
    public void A_history_that_is_looked_into_is_kept()
    {
        var history = folder.Cache.History("study");
        history.Note("slot", Digest.Of("a"));
        history.Save();
        folder.Clock.Advance(TimeSpan.FromDays(20));
        Assert.NotNull(folder.Open().History("study").LastKey("slot"));
        folder.Clock.Advance(TimeSpan.FromDays(20));
        folder.Cache.Sweep(TimeSpan.FromDays(30), null);
        Assert.Single(folder.Files("history"));
        folder.Cache.Sweep(TimeSpan.FromDays(19), null);
        Assert.Empty(folder.Files("history"));
    }

    private void SetUsed(TimeSpan ago)
    {
        foreach (var path in folder.Files())
            File.SetLastWriteTimeUtc(path, folder.Clock.GetUtcNow().UtcDateTime + ago);
    }
}
