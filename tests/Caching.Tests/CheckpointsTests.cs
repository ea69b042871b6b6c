using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class CheckpointsTests : IDisposable
{
    private static readonly string Key = Digest.Of("a run");
    private static readonly string Other = Digest.Of("another run");

    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_last_checkpoint_of_a_run_is_read_back()
    {
        Assert.Null(Checkpoints.TryRead(Key));
        Checkpoints.Put(Key, "first"u8);
        Checkpoints.Put(Key, "second"u8);
        Checkpoints.Put(Other, ""u8);

        Assert.Equal("second"u8, Checkpoints.TryRead(Key)!);
        Assert.Equal(""u8, Checkpoints.TryRead(Other)!);
        Assert.Empty(folder.Files("tmp"));
        Assert.Empty(folder.Log);
    }

    [Fact]
    public void A_checkpoint_is_deleted_and_others_stay()
    {
        Checkpoints.Delete(Key);
        Checkpoints.Put(Key, "first"u8);
        Checkpoints.Put(Other, "other"u8);
        Checkpoints.Delete(Key);

        Assert.Null(Checkpoints.TryRead(Key));
        Assert.Equal("other"u8, Checkpoints.TryRead(Other)!);
    }

    [Fact]
    public void Damage_is_named_and_deleted()
    {
        Action<string>[] damages =
        [
            path => Flip(path, 0),
            path => Flip(path, 3),
            path => Flip(path, -1),
            path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]),
            path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..10]),
            path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path), 0]),
            path => File.WriteAllBytes(path, []),
        ];

        foreach (var damage in damages)
        {
            folder.Log.Clear();
            Checkpoints.Put(Key, "state of a run"u8);
            damage(Path);

            Assert.Null(Checkpoints.TryRead(Key));
            Assert.Equal(
                $"The checkpoint {Path} was damaged; it is deleted, and its run begins anew.",
                Assert.Single(folder.Log)
            );
            Assert.False(File.Exists(Path));
        }
    }

    [Fact]
    public void A_checkpoint_in_the_place_of_another_runs_is_none()
    {
        Checkpoints.Put(Key, "state"u8);
        Checkpoints.Put(Other, "state"u8);
        File.Copy(Path, folder.PathOf("checkpoints", Other), overwrite: true);

        Assert.Null(Checkpoints.TryRead(Other));
        Assert.Equal("state"u8, Checkpoints.TryRead(Key)!);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_checkpoint_is_none_and_makes_way()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "more"));

        Assert.Null(Checkpoints.TryRead(Key));
        Checkpoints.Put(Key, "state"u8);
        Assert.Equal("state"u8, Checkpoints.TryRead(Key)!);
    }

    [Fact]
    public void That_none_can_be_kept_is_said_once_and_stops_nothing()
    {
        File.WriteAllText(System.IO.Path.Combine(folder.Root, "checkpoints"), "in the way");
        var checkpoints = Checkpoints;

        checkpoints.Put(Key, "state"u8);
        checkpoints.Put(Key, "state"u8);

        Assert.StartsWith("Checkpoints can't be kept: ", Assert.Single(folder.Log), StringComparison.Ordinal);
        Assert.Null(checkpoints.TryRead(Key));
    }

    [Fact]
    public void A_sweep_takes_old_checkpoints_alone()
    {
        Checkpoints.Put(Key, "old"u8);
        File.SetLastWriteTimeUtc(Path, folder.Clock.GetUtcNow().UtcDateTime.AddDays(-31));
        Checkpoints.Put(Other, "young"u8);
        File.WriteAllText(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "mine"), "not the cache's");

        Assert.Equal((1, 1), folder.Cache.Sweep(TimeSpan.FromDays(30), null) is var r ? (r.Deleted, r.Kept) : default);
        Assert.Null(Checkpoints.TryRead(Key));
        Assert.NotNull(Checkpoints.TryRead(Other));
        Assert.Equal(2, folder.Files("checkpoints").Length);
    }

    [Fact]
    public void A_cache_that_is_only_read_keeps_none() =>
        Assert.Null(
            DirectoryCache.ReadOnly(folder.Root, folder.Root + "-scratch", folder.Log.Add, folder.Clock).Checkpoints()
        );

    private Checkpoints Checkpoints => folder.Cache.Checkpoints()!;

    private string Path => folder.PathOf("checkpoints", Key);

    private static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
