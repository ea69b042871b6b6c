using System.Collections.Concurrent;
using Pipeline.Caching.Remote;

namespace Pipeline.Caching;

/// <content>The shared cache behind the folder: asked for what the folder lacks, and told what this machine computes.</content>
public sealed partial class DirectoryCache
{
    // Sizes of outputs that manifests named, by digest: those can be fetched where the folder's turn out to be damaged.
    private readonly ConcurrentDictionary<string, long> sizes = new(StringComparer.Ordinal);

    private RemoteCache? remote;

    /// <summary>A command's cache.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="scratch">Where what is stored goes, where the folder is only read; else null.</param>
    /// <param name="address">A shared cache behind it; null for none.</param>
    /// <param name="log">Takes one sentence for each entry that doesn't match, and for each thing that goes wrong.</param>
    /// <param name="cancellation">Ends what is being fetched.</param>
    public static DirectoryCache Open(
        string root,
        string? scratch,
        RemoteAddress? address,
        Action<string> log,
        CancellationToken cancellation
    ) => new(root, scratch ?? root, log, TimeProvider.System) { remote = address?.Open(log, cancellation) };

    /// <summary>The same cache in front of a shared one.</summary>
    internal DirectoryCache Before(RemoteCache shared)
    {
        remote = shared;
        return this;
    }

    /// <summary>Leaves a shared cache alone from now on: what the folder lacks is missing.</summary>
    public void StayLocal() => remote = null;

    /// <summary>Waits a while for what is still to be uploaded, and tells how much was.</summary>
    public void Finish() => remote?.Finish();

    private Manifest? Fetch(string key)
    {
        if (remote?.TryGet(key) is not { } found)
            return null;
        foreach (var output in found.Manifest.Outputs.Values)
        {
            if (Find(Content, output.Digest) is null && !FetchContent(output))
                return null;
        }
        Write(Actions, key, found.Bytes);
        return found.Manifest;
    }

    private bool FetchContent(StoredOutput output)
    {
        if (remote is null)
            return false;
        using var file = NewFile();
        var isWhole = false;
        file.Write(stream => isWhole = remote.TryGet(output, stream));
        if (!isWhole)
            return false;
        file.MoveTo(PathOf(target, Content, output.Digest));
        return true;
    }

    private bool FetchAgain(string digest) =>
        sizes.TryGetValue(digest, out var size) && FetchContent(new(digest, size));

    private void NoteSizes(Manifest manifest)
    {
        if (remote is null)
            return;
        foreach (var output in manifest.Outputs.Values)
            sizes[output.Digest] = output.Size;
    }

    private void Share(Manifest manifest) =>
        remote?.Add(
            new(
                manifest.Key,
                PathOf(target, Actions, manifest.Key),
                [
                    .. manifest.Outputs.Values.Select(output =>
                        (output.Digest, Find(Content, output.Digest) ?? PathOf(target, Content, output.Digest))
                    ),
                ]
            )
        );
}
