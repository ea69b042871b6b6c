using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Caching.Tests;

public sealed class ContentStoreTests : IDisposable
{
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes("some bytes");

    private readonly TemporaryCache folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Bytes_are_found_by_their_digest()
    {
        var output = folder.Cache.Put(Bytes);
        Assert.Equal(new StoredOutput(Digest.Of(Bytes), Bytes.Length), output);
        Assert.Equal(Bytes, folder.Open().TryRead(output.Digest));
        Assert.Equal(folder.PathOf("cas", output.Digest), folder.Open().TryOpenPath(output.Digest));
    }

    [Fact]
    public void No_bytes_are_bytes() => Assert.Equal([], folder.Cache.TryRead(folder.Cache.Put([]).Digest)!);

    [Fact]
    public void Bytes_that_were_never_stored_are_missing()
    {
        Assert.Null(folder.Cache.TryRead(Digest.Of("other")));
        Assert.Null(folder.Cache.TryOpenPath(Digest.Of("other")));
        Assert.Empty(folder.Files());
        Assert.Empty(folder.Log);
    }

    [Fact]
    public void A_writer_may_seek()
    {
        var output = folder.Cache.Put(stream =>
        {
            stream.Write("____ bytes"u8);
            stream.Position = 0;
            stream.Write("some"u8);
        });
        Assert.Equal(new StoredOutput(Digest.Of(Bytes), Bytes.Length), output);
        Assert.Equal(Bytes, folder.Open().TryRead(output.Digest));
    }

    [Fact]
    public void A_writer_that_fails_leaves_nothing_behind()
    {
        Assert.Throws<InvalidDataException>(() =>
            folder.Cache.Put(stream =>
            {
                stream.Write(Bytes);
                throw new InvalidDataException("no");
            })
        );
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var digest = folder.Cache.Put(Bytes).Digest;
        for (var i = 0; i < Bytes.Length; i++)
        {
            var damaged = (byte[])Bytes.Clone();
            damaged[i] ^= 1;
            AssertNoticed(digest, damaged);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("some byte")]
    [InlineData("some bytes ")]
    [InlineData("other text")]
    public void Truncated_empty_longer_and_swapped_bytes_are_noticed(string text) =>
        AssertNoticed(folder.Cache.Put(Bytes).Digest, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Storing_mends_what_is_damaged()
    {
        var path = folder.PathOf("cas", folder.Cache.Put(Bytes).Digest);
        File.WriteAllText(path, "some bits!");
        folder.Open().Put(Bytes);
        Assert.Equal(Bytes, File.ReadAllBytes(path));
        File.WriteAllText(path, "some bits!");
        folder.Open().Put(stream => stream.Write(Bytes));
        Assert.Equal(Bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_file_for_mapping_is_read_once()
    {
        var digest = folder.Cache.Put(Bytes).Digest;
        var cache = folder.Open();
        var path = cache.TryOpenPath(digest)!;
        File.WriteAllText(path, "some bits!");
        Assert.Equal(path, cache.TryOpenPath(digest));
        Assert.Null(folder.Open().TryOpenPath(digest));
        Assert.Null(cache.TryOpenPath(digest));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEF")]
    public void A_name_that_is_no_digest_reaches_no_file(string name) =>
        Assert.Throws<ArgumentException>(() => folder.Cache.TryRead(name));

    private void AssertNoticed(string digest, byte[] damaged)
    {
        var path = folder.PathOf("cas", digest);
        foreach (
            var read in new Func<DirectoryCache, object?>[]
            {
                cache => cache.TryRead(digest),
                cache => cache.TryOpenPath(digest),
            }
        )
        {
            folder.Log.Clear();
            File.WriteAllBytes(path, damaged);
            Assert.Null(read(folder.Open()));
            Assert.False(File.Exists(path));
            Assert.Equal([$"The cache entry {path} was damaged; it is deleted and computed again."], folder.Log);
        }
    }
}
