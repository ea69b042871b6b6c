using System.Text;
using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class ActionCacheTests : IDisposable
{
    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_result_is_found_by_its_key()
    {
        var stored = folder.Store(TemporaryCache.Key());
        Assert.True(folder.Open().TryGet(TemporaryCache.Key().Digest, out var manifest, out _));
        Assert.Equal(stored.Outputs, manifest.Outputs);
        Assert.Equal("train", manifest.Stage);
        Assert.Equal(TemporaryCache.Key().Json, manifest.Parts.GetRawText());
        Assert.Equal("result", Encoding.UTF8.GetString(folder.Cache.TryRead(manifest.Outputs["result"].Digest)!));
    }

    [Theory]
    [InlineData("é ü 漢 😀")]
    [InlineData("\" \\ / \u2028 \u007f <&>'+`")]
    [InlineData("\t\n\0\ufeff\ufffd")]
    public void A_key_of_any_text_is_found(string text)
    {
        var key = TemporaryCache.Key(activation: text);
        folder.Store(key);
        Assert.True(folder.Open().TryGet(key.Digest, out var manifest, out _));
        Assert.Equal(key.Json, manifest.Parts.GetRawText());
    }

    [Fact]
    public void A_key_that_was_never_stored_is_missing()
    {
        AssertMiss(CacheMiss.Absent, TemporaryCache.Key());
        Assert.Empty(folder.Files());
        Assert.Empty(folder.Log);
    }

    [Fact]
    public void A_manifest_is_one_line_and_its_digest()
    {
        var key = TemporaryCache.Key();
        folder.Store(key);
        var text = File.ReadAllText(folder.PathOf("ac", key.Digest));
        var outputs = $$"""{"result":{"digest":"{{Digest.Of("result")}}","size":6""" + "}}";
        var line = $$"""{"key":"{{key.Digest}}","stage":"train","parts":{{key.Json}},"outputs":{{outputs}}}""" + "\n";
        Assert.Equal($"{line}sha256:{Digest.Of(line)}\n", text);
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var key = TemporaryCache.Key();
        folder.Store(key);
        var path = folder.PathOf("ac", key.Digest);
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 1;
            File.WriteAllBytes(path, damaged);
            AssertMiss(CacheMiss.Damaged, key);
            Assert.False(File.Exists(path));
        }
        Assert.Equal(bytes.Length, folder.Log.Count);
        Assert.Equal($"The cache entry {path} was damaged; it is deleted and computed again.", folder.Log[0]);
    }

    [Fact]
    public void A_manifest_cut_at_any_place_is_noticed()
    {
        var key = TemporaryCache.Key();
        folder.Store(key);
        var path = folder.PathOf("ac", key.Digest);
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            AssertMiss(CacheMiss.Damaged, key);
        }
    }

    [Fact]
    public void The_manifest_of_another_key_is_noticed()
    {
        var (key, other) = (TemporaryCache.Key(), TemporaryCache.Key(epochs: 16));
        folder.Store(key);
        folder.Store(other);
        File.Copy(folder.PathOf("ac", other.Digest), folder.PathOf("ac", key.Digest), overwrite: true);
        AssertMiss(CacheMiss.Damaged, key);
    }

    [Theory]
    [InlineData("[]\n")]
    [InlineData("null\n")]
    [InlineData("{\"key\":1}\n")]
    [InlineData("nonsense\n")]
    public void A_text_of_another_form_is_noticed_even_under_its_own_digest(string line)
    {
        var key = TemporaryCache.Key();
        folder.Store(key);
        File.WriteAllText(folder.PathOf("ac", key.Digest), $"{line}sha256:{Digest.Of(line)}\n");
        AssertMiss(CacheMiss.Damaged, key);
    }

    [Fact]
    public void An_output_name_that_is_no_digest_reaches_no_file()
    {
        var key = TemporaryCache.Key();
        folder.Cache.Put(key, [new("result", new StoredOutput("../../../etc/passwd", 6))]);
        AssertMiss(CacheMiss.OutputRemoved, key);
    }

    [Fact]
    public void A_result_whose_output_is_gone_is_missing()
    {
        var key = TemporaryCache.Key();
        var output = folder.PathOf("cas", folder.Store(key).Outputs["result"].Digest);
        File.Delete(output);
        AssertMiss(CacheMiss.OutputRemoved, key);
        folder.Store(key);
        Assert.True(folder.Open().TryGet(key.Digest, out _, out _));
    }

    [Fact]
    public void Many_threads_and_processes_may_store_the_same_at_once()
    {
        var key = TemporaryCache.Key();
        Parallel.For(
            0,
            64,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                var cache = folder.Open();
                var output = i % 2 == 0 ? cache.Put("result"u8) : cache.Put(stream => stream.Write("result"u8));
                cache.Put(key, [new("result", output)]);
                Assert.True(cache.TryGet(key.Digest, out var manifest, out _));
                Assert.Equal("result"u8, cache.TryRead(manifest.Outputs["result"].Digest)!);
            }
        );
        Assert.Empty(folder.Log);
        Assert.Equal(2, folder.Files().Length);
    }

    [Fact]
    public void Outputs_are_written_in_ordinal_order()
    {
        var output = folder.Cache.Put("x"u8);
        var manifest = folder.Cache.Put(TemporaryCache.Key(), [new("b", output), new("B", output), new("a", output)]);
        Assert.Equal(["B", "a", "b"], manifest.Outputs.Keys);
        using var json = JsonDocument.Parse(File.ReadLines(folder.PathOf("ac", manifest.Key)).First());
        Assert.Equal(
            ["B", "a", "b"],
            json.RootElement.GetProperty("outputs").EnumerateObject().Select(entry => entry.Name)
        );
    }

    private void AssertMiss(CacheMiss expected, StageKey key)
    {
        Assert.False(folder.Open().TryGet(key.Digest, out var manifest, out var miss));
        Assert.Null(manifest);
        Assert.Equal(expected, miss);
    }
}
