using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>The inputs of a stage that is computed, by the names that they have in its key.</summary>
/// <param name="digests">Their digests.</param>
/// <param name="cache">Where their bytes are.</param>
internal sealed class Inputs(KeyPart digests, DirectoryCache cache)
{
    /// <summary>The bytes of an input of one output.</summary>
    /// <exception cref="PipelineException">They have vanished since they were found or stored.</exception>
    public byte[] Read(string name) => ReadDigest(digests.Entries[name]);

    /// <summary>The bytes of each stage that an input stands for.</summary>
    /// <exception cref="PipelineException">Some have vanished since they were found or stored.</exception>
    public IReadOnlyList<byte[]> ReadAll(string name) =>
        [.. digests.Entries[name].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadDigest)];

    /// <summary>Maps prepared data, or a data set, into memory.</summary>
    /// <exception cref="PipelineException">They have vanished since they were found or stored.</exception>
    public PreparedData Open(string name) => PreparedData.Open(PathOf(cache, digests.Entries[name]));

    /// <summary>The path of the bytes of a digest, verified.</summary>
    /// <exception cref="PipelineException">They have vanished since they were found or stored.</exception>
    public static string PathOf(DirectoryCache cache, string digest) =>
        cache.TryOpenPath(digest) ?? throw Vanished(digest);

    private byte[] ReadDigest(string digest) => cache.TryRead(digest) ?? throw Vanished(digest);

    private static PipelineException Vanished(string digest) =>
        new(
            $"The cache lost {digest[..12]}… while it was in use: run the command again, and don't clean the cache meanwhile."
        );
}
