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
    public void A_clock_that_was_ahead_once_keeps_nothing_for_ever()
    {
        var key = TemporaryCache.Key();
        folder.Store(key);
        SetUsed(TimeSpan.FromDays(3650));

        Assert.True(folder.Open().TryGet(key.Digest, out _, out _));

        Assert.Equal(0, folder.Cache.Sweep(TimeSpan.FromDays(30), null).Deleted);
        folder.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(2, folder.Cache.Sweep(TimeSpan.FromDays(30), null).Deleted);
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

    [Fact]
    public void What_is_needed_stays_whatever_age_and_size_allow()
    {
        var (needed, other) = (TemporaryCache.Key(1), TemporaryCache.Key(2));
        folder.Store(needed, "needed");
        folder.Store(other, "other");
        var cache = folder.Open();
        cache.KeepWhatIsUsed();
        Assert.True(cache.TryGet(needed.Digest, out var manifest, out _));
        Assert.NotNull(cache.TryRead(manifest.Outputs["result"].Digest));
        folder.Clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(
            (2, 2),
            (cache.Sweep(TimeSpan.Zero, 0).Deleted, folder.Files("ac").Length + folder.Files("cas").Length)
        );

        Assert.True(folder.Open().TryGet(needed.Digest, out _, out _));
        Assert.False(folder.Open().TryGet(other.Digest, out _, out _));
    }

    [Fact]
    public void The_checkpoint_of_a_run_that_is_needed_stays()
    {
        var (needed, other) = (TemporaryCache.Key(1).Digest, TemporaryCache.Key(2).Digest);
        var checkpoints = new Checkpoints(folder.Root, message => Assert.Fail(message));
        checkpoints.Put(needed, "needed"u8);
        checkpoints.Put(other, "other"u8);
        folder.Cache.KeepWhatIsUsed();
        folder.Cache.KeepCheckpoint(needed);

        var result = folder.Cache.Sweep(TimeSpan.FromDays(30), 0);

        Assert.Equal((1, 1), (result.Deleted, result.Kept));
        Assert.NotNull(checkpoints.TryRead(needed));
        Assert.Null(checkpoints.TryRead(other));
    }

    [Fact]
    public void A_sweep_that_only_tells_deletes_nothing()
    {
        folder.Store(TemporaryCache.Key());
        var before = folder.Files();
        folder.Clock.Advance(TimeSpan.FromDays(40));
        var told = new List<string>();

        var result = folder.Cache.Sweep(TimeSpan.FromDays(30), null, file => told.Add(file.FullName));

        Assert.Equal((2, 0), (result.Deleted, result.Kept));
        Assert.Equal(folder.Files("ac").Concat(folder.Files("cas")).Order(), told.Order());
        Assert.Equal(before, folder.Files());
    }

    [Fact]
    public void Files_of_other_names_are_not_the_caches()
    {
        var digest = Digest.Of("x");
        string[] others =
        [
            "tmp/thesis.txt",
            "tmp/0123456789ABCDEF0123456789ABCDEF",
            "tmp/notes.lock",
            "history/2025/thesis.txt",
            $"history/2025/{digest}",
            "history/thesis.txt",
            "cas/letter.txt",
            $"cas/{digest}",
            $"cas/{digest[..2]}/letter.txt",
            $"cas/zz/{digest}",
            $"cas/{digest[..2]}/{digest}.bak",
            $"cas/{digest[..2]}/{digest.ToUpperInvariant()}",
            $"ac/{digest[..2]}/within/{digest}",
            "claims/thesis.txt",
            "thesis.txt",
        ];
        foreach (var name in others)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Root, name))!);
            File.WriteAllText(Path.Combine(folder.Root, name), name);
        }
        folder.Store(TemporaryCache.Key());
        folder.Clock.Advance(TimeSpan.FromDays(100));

        folder.Open().Put("new"u8);
        var result = folder.Cache.Sweep(TimeSpan.Zero, 0);

        Assert.Equal((3, 0), (result.Deleted, result.Kept));
        Assert.Equal(others.Order(), folder.Files().Select(path => Path.GetRelativePath(folder.Root, path)).Order());
    }

    [Fact]
    public void Nothing_is_deleted_through_links()
    {
        var (kept, other) = (folder.Cache.Put("kept"u8).Digest, folder.Cache.Put("other"u8).Digest);
        using var elsewhere = new TemporaryCache();
        elsewhere.Store(TemporaryCache.Key());
        elsewhere.Cache.History("study").Save();
        var before = elsewhere.Files();
        File.CreateSymbolicLink(Path.Combine(folder.Root, "ac"), Path.Combine(elsewhere.Root, "ac"));
        var shard = Path.GetDirectoryName(elsewhere.Files("cas")[0])!;
        Assert.False(Directory.Exists(Path.Combine(folder.Root, "cas", Path.GetFileName(shard))));
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "cas", Path.GetFileName(shard)), shard);
        File.Delete(folder.PathOf("cas", kept));
        File.CreateSymbolicLink(folder.PathOf("cas", kept), before[0]);
        folder.Clock.Advance(TimeSpan.FromDays(100));

        Assert.Equal(1, folder.Cache.Sweep(TimeSpan.Zero, 0).Deleted);

        Assert.Equal(before, elsewhere.Files());
        Assert.NotNull(new FileInfo(folder.PathOf("cas", kept)).LinkTarget);
        Assert.Null(folder.Cache.TryRead(other));
    }

    [Fact]
    public void A_folder_is_a_cache_by_what_it_holds()
    {
        using var other = new TemporaryCache();
        Assert.True(other.Cache.IsCache);
        File.WriteAllText(Path.Combine(other.Root, "thesis.txt"), "");
        Assert.False(other.Cache.IsCache);
        Directory.CreateDirectory(Path.Combine(other.Root, "cas"));
        Directory.CreateDirectory(Path.Combine(other.Root, "ac", "ab"));
        File.WriteAllText(Path.Combine(other.Root, "ac", "ab", "ab" + Digest.Of("x")[2..]), "another program's");
        Assert.False(other.Cache.IsCache);
        other.Store(TemporaryCache.Key());
        Assert.True(other.Cache.IsCache);
        File.Delete(Path.Combine(other.Root, "thesis.txt"));
        Directory.Delete(Path.Combine(other.Root, "ac"), recursive: true);
        Assert.True(other.Cache.IsCache);
        Assert.True(new DirectoryCache(Path.Combine(other.Root, "missing"), _ => { }, TimeProvider.System).IsCache);
    }

    private void SetUsed(TimeSpan ago)
    {
        foreach (var path in folder.Files())
            File.SetLastWriteTimeUtc(path, folder.Clock.GetUtcNow().UtcDateTime + ago);
    }
}
