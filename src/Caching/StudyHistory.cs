using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// Which key each slot of a study had last. A slot is a place in the study, whatever its code and data are: for a run, the stage with
/// the axis values and the seed. Kept so that a miss can be explained; no result depends on it, so it may be lost at any time.
/// Not for use by several threads at once.
/// </summary>
public sealed class StudyHistory
{
    private readonly string path;
    private readonly string? temporaryFolder;
    private readonly string lockFolder;
    private readonly Dictionary<string, string> saved;
    private readonly Dictionary<string, string> changes = new(StringComparer.Ordinal);

    /// <summary>Reads a history; without a folder for temporary files it is never saved.</summary>
    internal StudyHistory(string path, string? temporaryFolder, string lockFolder) =>
        (this.path, this.temporaryFolder, this.lockFolder, saved) = (path, temporaryFolder, lockFolder, Read(path));

    /// <summary>The digest of the key that a slot had last, or null when it never had one.</summary>
    public string? LastKey(string slot) =>
        changes.TryGetValue(slot, out var key) || saved.TryGetValue(slot, out key) ? key : null;

    /// <summary>The digests of the keys that all slots had when the history was read.</summary>
    public IReadOnlyCollection<string> Saved => saved.Values;

    /// <summary>Notes the digest of the key that a slot has now.</summary>
    /// <exception cref="ArgumentException">The slot is not one line, or the key not a digest.</exception>
    public void Note(string slot, string key)
    {
        if (slot.AsSpan().ContainsAny('\n', '\r'))
            throw new ArgumentException("A slot is one line.", nameof(slot));
        if (!Digest.IsWellFormed(key))
            throw new ArgumentException($"'{key}' is not a digest of 64 hexadecimal digits.", nameof(key));
        if (LastKey(slot) != key)
            changes[slot] = key;
    }

    /// <summary>Saves what was noted. What another process saved meanwhile is kept, save for the same slots.</summary>
    /// <exception cref="IOException">The cache can't be written.</exception>
    public void Save()
    {
        if (changes.Count == 0 || temporaryFolder is null)
            return;
        using var file = new AtomicFile(temporaryFolder);
        using var held = FileLock.Take(lockFolder, Path.GetFileName(path));
        var merged = Read(path);
        foreach (var (slot, key) in changes)
            merged[slot] = key;
        file.Write(Encoding.UTF8.GetBytes(string.Concat(merged.Select(slot => $"{slot.Value} {slot.Key}\n"))));
        file.MoveTo(path);
        foreach (var (slot, key) in changes)
            saved[slot] = key;
        changes.Clear();
    }

    /// <summary>A line a slot: the digest, a space, the slot. Lines of another form are ignored, as is a file that can't be read.</summary>
    private static Dictionary<string, string> Read(string path)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return keys;
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                if (
                    line.Length > Digest.Length
                    && line[Digest.Length] == ' '
                    && line[..Digest.Length] is var key
                    && Digest.IsWellFormed(key)
                )
                    keys[line[(Digest.Length + 1)..]] = key;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reasons will be less exact, no more.
        }
        return keys;
    }
}
