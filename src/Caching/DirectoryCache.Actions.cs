using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Pipeline.Caching;

/// <summary>Why the action cache gave no manifest.</summary>
public enum CacheMiss
{
    /// <summary>There is none for the key.</summary>
    Absent,

    /// <summary>An output that it names is no longer in the content store.</summary>
    OutputRemoved,

    /// <summary>It was damaged.</summary>
    Damaged,
}

/// <content>The action cache.</content>
public sealed partial class DirectoryCache
{
    /// <summary>The name of an output that is a stage's only one.</summary>
    public const string OnlyOutput = "data";

    private const string Actions = "ac";

    /// <summary>Stores which outputs a key gave. The outputs are put first: a manifest never precedes what it names.</summary>
    /// <exception cref="IOException">The cache can't be written.</exception>
    public Manifest Put(StageKey key, IEnumerable<KeyValuePair<string, StoredOutput>> outputs)
    {
        using var parts = JsonDocument.Parse(key.Json);
        var manifest = new Manifest(
            key.Digest,
            key.Stage,
            parts.RootElement.Clone(),
            new SortedDictionary<string, StoredOutput>(
                outputs.ToDictionary(StringComparer.Ordinal),
                StringComparer.Ordinal
            )
        );
        Write(Actions, key.Digest, manifest.Encode());
        Share(manifest);
        return manifest;
    }

    /// <summary>
    /// Finds the manifest of a key, given that all its outputs are there; a shared cache is asked for what isn't.
    /// Their bytes are verified when they are read: a damaged one is missing then.
    /// </summary>
    /// <param name="key">The key's digest.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="miss">Why there is none; means nothing when there is one.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public bool TryGet(string key, [NotNullWhen(true)] out Manifest? manifest, out CacheMiss miss)
    {
        if (!IsHere(key, out manifest, out miss) && (manifest = Fetch(key)) is null)
            return false;
        NoteSizes(manifest);
        return true;
    }

    /// <summary>
    /// The parts of a key that was stored, as JSON, whether its outputs are there or not; null when
    /// there is no record of it.
    /// </summary>
    public JsonElement? TryGetParts(string key) =>
        Find(Actions, key) is { } path && Read(path, File.ReadAllBytes) is { } bytes
            ? Manifest.Decode(bytes, key)?.Parts
            : null;

    private bool IsHere(string key, [NotNullWhen(true)] out Manifest? manifest, out CacheMiss miss)
    {
        (manifest, miss) = (null, CacheMiss.Absent);
        if (Find(Actions, key) is not { } path || Read(path, File.ReadAllBytes) is not { } bytes)
            return false;
        manifest = Manifest.Decode(bytes, key);
        if (manifest is null)
        {
            Discard(path);
            miss = CacheMiss.Damaged;
            return false;
        }
        if (!manifest.Outputs.Values.All(IsThere))
        {
            manifest = null;
            miss = CacheMiss.OutputRemoved;
            return false;
        }
        Touch(path);
        return true;
    }

    private bool IsThere(StoredOutput output) =>
        Artifacts.Digest.IsWellFormed(output.Digest) && Find(Content, output.Digest) is not null;
}
