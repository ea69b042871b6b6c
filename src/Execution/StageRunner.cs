using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Pipeline.Caching;

namespace Pipeline.Execution;

/// <summary>
/// Does the stages of a study unless the cache has their results, and says why in one line each. In a dry run it does nothing and notes instead
/// what it would have done. Safe for the threads that train.
/// </summary>
internal sealed class StageRunner
{
    private const string OnlyOutput = "data";

    private readonly DirectoryCache cache;
    private readonly Lazy<StudyHistory> history;
    private readonly ConcurrentDictionary<string, string> notes = new(StringComparer.Ordinal);
    private readonly bool dryRun;
    private readonly TextWriter output;
    private readonly List<(string Slot, string Reason)> postponed = [];

    public StageRunner(DirectoryCache cache, string study, bool dryRun, TextWriter output)
    {
        this.cache = cache;
        history = new(() => cache.History(study));
        this.dryRun = dryRun;
        this.output = output;
    }

    /// <summary>Whether nothing is done.</summary>
    public bool IsDryRun => dryRun;

    /// <summary>What a dry run found to do, in the order of the stages; runs are not among them.</summary>
    public IReadOnlyList<(string Slot, string Reason)> Postponed => postponed;

    /// <summary>Notes in a dry run that a stage is to do; it has no result then.</summary>
    public string? Postpone(string slot, string reason)
    {
        if (!dryRun)
            throw new InvalidOperationException($"{slot} can't be put off: {reason}.");
        postponed.Add((slot, reason));
        return null;
    }

    /// <summary>The digest of a stage's only output; null in a dry run that would do the stage.</summary>
    public string? Ensure(string slot, StageKey key, bool force, Action<Stream> compute)
    {
        if (TryFind(slot, key, force, out var manifest, out var reason))
        {
            var digest = manifest.Outputs[OnlyOutput].Digest;
            if (cache.TryOpenPath(digest) is not null)
                return digest;
            reason = MissReason.Damaged;
        }
        if (dryRun)
            return Postpone(slot, reason);
        output.WriteLine($"{slot}: {reason}");
        var stored = cache.Put(compute);
        Remember(slot, key, [new(OnlyOutput, stored)]);
        return stored.Digest;
    }

    /// <summary>The bytes of a stage's outputs by name; null in a dry run that would do the stage.</summary>
    public IReadOnlyDictionary<string, byte[]>? EnsureFiles(string slot, StageKey key, bool force, Func<IReadOnlyDictionary<string, byte[]>> compute)
    {
        if (TryFind(slot, key, force, out var manifest, out var reason))
        {
            if (Files(manifest) is { } cached)
                return cached;
            reason = MissReason.Damaged;
        }
        if (dryRun)
        {
            Postpone(slot, reason);
            return null;
        }
        output.WriteLine($"{slot}: {reason}");
        var files = compute();
        Store(slot, key, files);
        return files;
    }

    /// <summary>The outputs of a key, or null where the cache doesn't have them all.</summary>
    public IReadOnlyDictionary<string, byte[]>? TryFiles(StageKey key) => cache.TryGet(key.Digest, out var manifest, out _) ? Files(manifest) : null;

    /// <summary>Stores the outputs of a key by name.</summary>
    public void Store(string slot, StageKey key, IReadOnlyDictionary<string, byte[]> files) =>
        Remember(slot, key, [.. files.Select(file => KeyValuePair.Create(file.Key, cache.Put(file.Value)))]);

    /// <summary>Stores a key's only output; its digest.</summary>
    public string Store(string slot, StageKey key, byte[] bytes)
    {
        var stored = cache.Put(bytes);
        Remember(slot, key, [new(OnlyOutput, stored)]);
        return stored.Digest;
    }

    /// <summary>A key's only output; null, and why, where the cache doesn't have it.</summary>
    public byte[]? TryRead(string slot, StageKey key, bool force, out string reason) =>
        !TryFind(slot, key, force, out var manifest, out reason) ? null
        : cache.TryRead(manifest.Outputs[OnlyOutput].Digest) ?? Miss(MissReason.Damaged, out reason);

    /// <summary>The bytes of a digest that an earlier stage gave.</summary>
    /// <exception cref="PipelineException">They have vanished since.</exception>
    public byte[] Read(string digest) => cache.TryRead(digest) ?? throw Vanished(digest);

    /// <summary>The path of the bytes of a digest that an earlier stage gave, verified, to be mapped into memory.</summary>
    /// <exception cref="PipelineException">They have vanished since.</exception>
    public string PathOf(string digest) => cache.TryOpenPath(digest) ?? throw Vanished(digest);

    /// <summary>Keeps for later commands which key each slot had.</summary>
    public void SaveHistory()
    {
        if (dryRun)
            return;
        foreach (var (slot, key) in notes)
            history.Value.Note(slot, key);
        history.Value.Save();
    }

    /// <summary>Writes why runs or stages are to do, in few lines.</summary>
    public void Tell(string stage, string things, IEnumerable<string> reasons)
    {
        foreach (var line in Reasons.Summarize(stage, things, reasons))
            output.WriteLine(line);
    }

    private bool TryFind(string slot, StageKey key, bool force, [NotNullWhen(true)] out Manifest? manifest, out string reason)
    {
        reason = "forced";
        manifest = null;
        if (force)
            return false;
        if (cache.TryGet(key.Digest, out manifest, out var miss))
        {
            notes[slot] = key.Digest;
            return true;
        }
        reason = MissReason.Explain(key, miss, history.Value.LastKey(slot), cache);
        return false;
    }

    private IReadOnlyDictionary<string, byte[]>? Files(Manifest manifest)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, stored) in manifest.Outputs)
        {
            if (cache.TryRead(stored.Digest) is not { } bytes)
                return null;
            files.Add(name, bytes);
        }
        return files;
    }

    private void Remember(string slot, StageKey key, IReadOnlyList<KeyValuePair<string, StoredOutput>> outputs)
    {
        cache.Put(key, outputs);
        notes[slot] = key.Digest;
    }

    private static byte[]? Miss(string why, out string reason)
    {
        reason = why;
        return null;
    }

    private static PipelineException Vanished(string digest) =>
        new($"The cache lost {digest[..12]}… while it was in use: run the command again, and don't clean the cache meanwhile.");
}
