using System.Collections.Concurrent;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <content>The content store.</content>
public sealed partial class DirectoryCache
{
    private const string Content = "cas";

    // Files that were verified for memory mapping, by digest. They are never written again, only replaced by the same.
    private readonly ConcurrentDictionary<string, string> verified = new(StringComparer.Ordinal);

    /// <summary>Stores bytes.</summary>
    /// <exception cref="IOException">The cache can't be written.</exception>
    public StoredOutput Put(ReadOnlySpan<byte> bytes)
    {
        var output = new StoredOutput(Digest.Of(bytes), bytes.Length);
        if (ReadHere(output.Digest) is null)
            Write(Content, output.Digest, bytes);
        return output;
    }

    /// <summary>
    /// Stores what a callback writes to a stream, which may seek and needn't fit in memory. What the callback throws passes unchanged,
    /// save for a lack of room.
    /// </summary>
    /// <exception cref="IOException">The cache can't be written.</exception>
    public StoredOutput Put(Action<Stream> write)
    {
        using var file = NewFile();
        file.Write(write);
        var output = new StoredOutput(Digest.Of(file.Stream), file.Stream.Length);
        if (OpenHere(output.Digest) is null)
        {
            var path = PathOf(target, Content, output.Digest);
            file.MoveTo(path);
            verified[output.Digest] = path;
        }
        return output;
    }

    /// <summary>The bytes of a digest, or null when they aren't there.</summary>
    /// <exception cref="IOException">They can't be read.</exception>
    public byte[]? TryRead(string digest) => ReadHere(digest) ?? (FetchAgain(digest) ? ReadHere(digest) : null);

    /// <summary>
    /// The path of a file with the bytes of a digest, to be opened for reading or mapped into memory, or null when they aren't there.
    /// The bytes are verified at the first call for the digest.
    /// </summary>
    /// <exception cref="IOException">They can't be read.</exception>
    public string? TryOpenPath(string digest) => OpenHere(digest) ?? (FetchAgain(digest) ? OpenHere(digest) : null);

    private byte[]? ReadHere(string digest)
    {
        if (Find(Content, digest) is not { } path || Read(path, File.ReadAllBytes) is not { } bytes)
            return null;
        if (Digest.Of(bytes) == digest)
        {
            Touch(path);
            return bytes;
        }
        Discard(path);
        return null;
    }

    private string? OpenHere(string digest)
    {
        if (Find(Content, digest) is not { } path)
            return null;
        if (verified.TryGetValue(digest, out var known) && known == path)
            return path;
        if (Read(path, Digest.OfFile) is not { } found)
            return null;
        if (found != digest)
        {
            Discard(path);
            return null;
        }
        Touch(path);
        verified[digest] = path;
        return path;
    }
}
