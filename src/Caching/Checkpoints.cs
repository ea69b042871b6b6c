using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Caching;

/// <summary>
/// What runs keep of themselves while they train, below <c>checkpoints/</c> in the cache, by the digest of a run's key: the bytes, then the
/// SHA-256 of key and bytes. It saves work and is no result: where a checkpoint is missing or damaged, a run begins anew. Safe for
/// several threads and processes at once.
/// </summary>
public sealed class Checkpoints
{
    /// <summary>The folder of checkpoints in a cache.</summary>
    internal const string Folder = "checkpoints";

    // A file may be anybody's: no more is read of it. Longer ones are not written either.
    private const int MostBytes = 1 << 30;

    private readonly string cache;
    private readonly Action<string> log;
    private int hasTold;

    /// <param name="cache">The folder of the cache.</param>
    /// <param name="log">Takes one sentence for each checkpoint that doesn't match, and one for all that can't be kept.</param>
    public Checkpoints(string cache, Action<string> log) => (this.cache, this.log) = (cache, log);

    /// <summary>A run's checkpoint, verified; null where there is none.</summary>
    /// <param name="key">The digest of its key.</param>
    public byte[]? TryRead(string key)
    {
        var path = PathOf(key);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
                return null;
            var bytes = file.Length <= MostBytes ? File.ReadAllBytes(path) : [];
            var end = bytes.Length - SHA256.HashSizeInBytes;
            if (end >= 0 && bytes.AsSpan(end).SequenceEqual(Hash(key, bytes.AsSpan(0, end))))
                return bytes[..end];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"The checkpoint {path} can't be read ({e.Message.TrimEnd('.')}); its run begins anew.");
            return null;
        }
        log($"The checkpoint {path} was damaged; it is deleted, and its run begins anew.");
        Delete(key);
        return null;
    }

    /// <summary>Keeps a run's checkpoint in the place of its former one, if there is room.</summary>
    /// <param name="key">The digest of its key.</param>
    /// <param name="bytes">The checkpoint.</param>
    public void Put(string key, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (bytes.Length > MostBytes - SHA256.HashSizeInBytes)
                throw new IOException($"A run's state of {bytes.Length} bytes is more than a checkpoint holds.");
            using var file = new AtomicFile(Path.Combine(cache, DirectoryCache.Temporaries));
            file.Write(bytes);
            file.Write(Hash(key, bytes));
            file.MoveTo(PathOf(key));
        }
        catch (IOException e)
        {
            TellThatNoneIsKept(e.Message);
        }
    }

    /// <summary>Says, once, that checkpoints can't be kept.</summary>
    /// <param name="why">A sentence.</param>
    public void TellThatNoneIsKept(string why)
    {
        if (Interlocked.Exchange(ref hasTold, 1) == 0)
            log($"Checkpoints can't be kept: {why}");
    }

    /// <summary>Deletes a run's checkpoint, if there is one.</summary>
    /// <param name="key">The digest of its key.</param>
    public void Delete(string key)
    {
        try
        {
            if (PathOf(key) is var path && File.Exists(path))
                File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's; a sweep of the cache takes it when it is old.
        }
    }

    /// <summary>Deletes a run's checkpoint, which can't be used, and says so.</summary>
    /// <param name="key">The digest of its key.</param>
    /// <param name="why">A sentence.</param>
    public void Drop(string key, string why)
    {
        log(
            $"The checkpoint {PathOf(key)} can't be used ({why.TrimEnd('.')}); it is deleted, and its run begins anew."
        );
        Delete(key);
    }

    private string PathOf(string key) => DirectoryCache.PathOf(cache, Folder, key);

    private static byte[] Hash(string key, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(key));
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}
