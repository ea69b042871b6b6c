using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_process_that_dies_while_writing_leaves_no_entry()
    {
        LeaveBehind();
        Assert.Null(folder.Open().TryRead(Digest.Of("half")));
        Assert.Empty(folder.Files("cas"));
        Assert.Empty(folder.Files("ac"));
    }

    [Fact]
    public void What_dead_processes_left_is_deleted_after_a_day()
    {
        LeaveBehind();
        folder.Open().Put("first"u8);
        Assert.Single(folder.Files("tmp"));
        folder.Clock.Advance(TimeSpan.FromDays(2));
        folder.Open().Put("second"u8);
        Assert.Empty(folder.Files("tmp"));
    }

    [Fact]
    public void A_sweep_deletes_what_dead_processes_left_too()
    {
        LeaveBehind();
        folder.Clock.Advance(TimeSpan.FromDays(2));
        folder.Cache.Sweep(TimeSpan.FromDays(30), null);
        Assert.Empty(folder.Files("tmp"));
    }

    [Fact]
    public void What_a_live_process_writes_is_never_deleted()
    {
        var output = folder.Cache.Put(stream =>
        {
            stream.Write("slow"u8);
            stream.Flush();
            folder.Clock.Advance(TimeSpan.FromDays(2));
            folder.Open().Sweep(TimeSpan.Zero, 0);
            folder.Open().Put("other"u8);
        });
        Assert.Equal("slow"u8, folder.Open().TryRead(output.Digest)!);
    }

    [Fact]
    public void A_folder_that_is_only_read_is_never_written()
    {
        var key = TemporaryCache.Key();
        folder.Store(key);
        var before = folder
            .Files()
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.GetLastWriteTimeUtc(path), Digest.OfFile(path)))
            .ToArray();
        folder.Clock.Advance(TimeSpan.FromDays(10));
        using var scratch = new TemporaryCache();
        var cache = DirectoryCache.ReadOnly(folder.Root, scratch.Root, folder.Log.Add, folder.Clock);
        Assert.True(cache.TryGet(key.Digest, out var manifest, out _));
        Assert.Equal("result"u8, cache.TryRead(manifest.Outputs["result"].Digest)!);
        var other = TemporaryCache.Key(epochs: 20);
        cache.Put(
            other,
            [
                new("a", cache.Put("result"u8)),
                new("b", cache.Put("new"u8)),
                new("c", cache.Put(stream => stream.WriteByte(1))),
            ]
        );
        Assert.True(cache.TryGet(other.Digest, out manifest, out _));
        Assert.All(manifest.Outputs.Values, output => Assert.NotNull(cache.TryOpenPath(output.Digest)));
        var history = cache.History("study");
        history.Note("slot", key.Digest);
        history.Save();
        cache.Sweep(TimeSpan.Zero, 0);
        Assert.Equal(
            before,
            folder
                .Files()
                .Order(StringComparer.Ordinal)
                .Select(path => (path, File.GetLastWriteTimeUtc(path), Digest.OfFile(path)))
        );
    }

    [Fact]
    public void A_damaged_entry_of_a_folder_that_is_only_read_is_replaced_beside_it()
    {
        var key = TemporaryCache.Key();
        var path = folder.PathOf("cas", folder.Store(key).Outputs["result"].Digest);
        File.WriteAllText(path, "Result");
        using var scratch = new TemporaryCache();
        var cache = DirectoryCache.ReadOnly(folder.Root, scratch.Root, folder.Log.Add, folder.Clock);
        Assert.Null(cache.TryRead(Digest.Of("result")));
        Assert.Equal([$"The cache entry {path} was damaged; it is ignored and computed again."], folder.Log);
        cache.Put("result"u8);
        Assert.Equal("result"u8, cache.TryRead(Digest.Of("result"))!);
        Assert.Equal("Result", File.ReadAllText(path));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_sentence()
    {
        // A file where a folder should be fails for every user, the administrator too.
        File.WriteAllText(Path.Combine(folder.Root, "tmp"), "");
        foreach (
            var put in new Action[]
            {
                () => folder.Open().Put("x"u8),
                () => folder.Open().Put(stream => stream.WriteByte(1)),
                () => folder.Open().Put(TemporaryCache.Key(), []),
            }
        )
        {
            var message = Assert.Throws<IOException>(put).Message;
            Assert.StartsWith(
                $"The cache can't write in {Path.Combine(folder.Root, "tmp")} (",
                message,
                StringComparison.Ordinal
            );
            Assert.EndsWith(
                "); make room or mend the permissions, or choose another folder with --cache.",
                message,
                StringComparison.Ordinal
            );
        }
        Assert.Empty(folder.Files("cas"));
    }

    [Fact]
    public void A_folder_in_an_entrys_place_makes_room_for_it()
    {
        var key = TemporaryCache.Key();
        foreach (
            var path in (string[])
                [
                    folder.PathOf("cas", Digest.Of("result")),
                    folder.PathOf("ac", key.Digest),
                    folder.PathOf("cas", Digest.Of("x")),
                ]
        )
        {
            Directory.CreateDirectory(Path.Combine(path, "within"));
            File.WriteAllText(Path.Combine(path, "within", "file"), "");
        }
        Assert.Null(folder.Cache.TryRead(Digest.Of("x")));

        folder.Store(key);
        folder.Cache.Put(stream => stream.Write("x"u8));

        Assert.True(folder.Cache.TryGet(key.Digest, out var manifest, out _));
        Assert.Equal("result"u8, folder.Cache.TryRead(manifest.Outputs["result"].Digest)!);
        Assert.Equal("x"u8, folder.Cache.TryRead(Digest.Of("x"))!);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Root, "tmp")));
    }

    [Fact]
    public void A_folder_in_a_historys_place_makes_room_for_it()
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, "history", Digest.Of("study")));
        var history = folder.Cache.History("study");
        history.Note("slot", Digest.Of("a"));
        history.Save();
        Assert.Equal(Digest.Of("a"), folder.Open().History("study").LastKey("slot"));
    }

    [Fact]
    public void A_full_disk_is_one_sentence_and_leaves_nothing_behind()
    {
        // Every write to this device finds no room.
        Directory.CreateDirectory(Path.Combine(folder.Root, "tmp"));
        foreach (var bytes in (byte[][])[new byte[1], new byte[100_000]])
        {
            var thrown = Assert.Throws<IOException>(() =>
                folder.Cache.Put(stream =>
                {
                    stream.Write(bytes);
                    using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    full.Write(bytes);
                    full.Flush();
                })
            );
            Assert.StartsWith(
                $"The cache can't write in {Path.Combine(folder.Root, "tmp")} (No space left on device",
                thrown.Message,
                StringComparison.Ordinal
            );
            Assert.EndsWith(
                "make room or mend the permissions, or choose another folder with --cache.",
                thrown.Message,
                StringComparison.Ordinal
            );
            Assert.Empty(folder.Files("tmp"));
        }
    }

    [Fact]
    public void An_entry_that_cannot_be_moved_to_its_place_leaves_nothing_behind()
    {
        File.WriteAllText(Path.Combine(folder.Root, "cas"), "");
        Assert.Throws<IOException>(() => folder.Cache.Put("x"u8));
        Assert.Empty(folder.Files("tmp"));
    }

    private void LeaveBehind()
    {
        Directory.CreateDirectory(Path.Combine(folder.Root, "tmp"));
        File.WriteAllText(Path.Combine(folder.Root, "tmp", "0123456789abcdef0123456789abcdef"), "ha");
    }
}
