using System.Collections.Concurrent;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>What a sweep did.</summary>
/// <param name="Deleted">The number of entries deleted.</param>
/// <param name="DeletedBytes">Their size.</param>
/// <param name="Kept">The number of entries left.</param>
/// <param name="KeptBytes">Their size.</param>
public sealed record SweepResult(int Deleted, long DeletedBytes, int Kept, long KeptBytes)
{
    /// <summary>How many of those kept should have been deleted and couldn't be.</summary>
    public int Undeleted { get; init; }

    /// <summary>The path of the first of them; null where there is none.</summary>
    public string? FirstUndeleted { get; init; }
}

/// <content>Making room.</content>
public sealed partial class DirectoryCache
{
    private static readonly string[] Folders =
    [
        Actions,
        Content,
        Histories,
        Temporaries,
        RunClaims.Folder,
        Caching.Checkpoints.Folder,
        CloneRecords.Folder,
        "data",
        "jobs",
    ];

    private ConcurrentDictionary<string, bool>? needed;

    /// <summary>
    /// Whether the folder is a cache: it holds a manifest, or nothing but folders with the names of a cache's, or nothing at all.
    /// </summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public bool IsCache =>
        !Directory.Exists(target)
        || new DirectoryInfo(target)
            .EnumerateFileSystemInfos()
            .All(info => Folders.Contains(info.Name, StringComparer.Ordinal) || info.Name is ['.', ..] or "lost+found")
        || EntriesIn(Actions).Any(file => Manifest.Decode(File.ReadAllBytes(file.FullName), file.Name) is not null);

    // A clock that was ahead once, or is behind now, would keep what was used then for long: from now on it ages.
    private static DateTime UsedBy(FileInfo file, DateTime now, bool isCheck)
    {
        var used = file.LastWriteTimeUtc;
        if (used - now <= TimeSpan.FromDays(1))
            return used;
        try
        {
            if (!isCheck)
                file.LastWriteTimeUtc = now;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's.
        }
        return now;
    }

    /// <summary>Has each entry that is used from now on kept by <see cref="Sweep"/>.</summary>
    public void KeepWhatIsUsed() => needed = new(StringComparer.Ordinal);

    /// <summary>Has the entries of a key kept by <see cref="Sweep"/>, as they are; those that are missing are none.</summary>
    /// <param name="key">The digest of the key.</param>
    /// <returns>What the key gave; null where it is not here.</returns>
    public Manifest? Keep(string key)
    {
        if (!IsHere(key, out var manifest, out _))
            return null;
        foreach (var output in manifest.Outputs.Values)
            needed?.TryAdd(PathOf(target, Content, output.Digest), true);
        return manifest;
    }

    /// <summary>Has the checkpoint of a run kept by <see cref="Sweep"/>, where there is one.</summary>
    /// <param name="key">The digest of the run's key.</param>
    public void KeepCheckpoint(string key) => needed?.TryAdd(PathOf(target, Caching.Checkpoints.Folder, key), true);

    /// <summary>
    /// Deletes the entries that were not used for a while, then the least recently used until the rest fits; those that
    /// <see cref="KeepWhatIsUsed"/> asks for stay. An entry is used when it is stored or read, which its time of last writing notes, once
    /// a day. Files with other names than an entry's, and what is behind links, are not touched. A manifest may survive an output that
    /// it names: its key is then a miss.
    /// </summary>
    /// <param name="keep">How long an unused entry is kept.</param>
    /// <param name="maxSize">The number of bytes that may be left, or null for any.</param>
    /// <param name="instead">Takes each entry that would be deleted, and nothing is; null to delete them.</param>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public SweepResult Sweep(TimeSpan keep, long? maxSize, Action<FileInfo>? instead = null)
    {
        var now = clock.GetUtcNow();
        if (instead is null)
        {
            AtomicFile.DeleteLeftovers(TemporaryFolder, now);
            AtomicFile.DeleteLeftovers(ClaimsFolder, now);
        }
        var entries = new[] { Actions, Content, Histories, Caching.Checkpoints.Folder }
            .SelectMany(EntriesIn)
            .Select(file =>
                (
                    File: file,
                    Used: UsedBy(file, now.UtcDateTime, instead is not null),
                    Size: file.Length,
                    IsNeeded: needed?.ContainsKey(file.FullName) is true
                )
            )
            .OrderByDescending(entry => entry.IsNeeded)
            .ThenByDescending(entry => entry.Used)
            .ThenBy(entry => entry.File.FullName, StringComparer.Ordinal)
            .ToArray();
        var (deleted, deletedBytes, kept, keptBytes, isFull) = (0, 0L, 0, 0L, false);
        List<string> undeleted = [];
        foreach (var (file, used, size, isNeeded) in entries)
        {
            isFull |= keptBytes + size > maxSize;
            var isKept = isNeeded || (!isFull && now.UtcDateTime - used <= keep);
            if (!isKept && TryDelete(file, instead))
            {
                (deleted, deletedBytes) = (deleted + 1, deletedBytes + size);
                continue;
            }
            (kept, keptBytes) = (kept + 1, keptBytes + size);
            if (!isKept)
                undeleted.Add(file.FullName);
        }
        return new(deleted, deletedBytes, kept, keptBytes)
        {
            Undeleted = undeleted.Count,
            FirstUndeleted = undeleted.FirstOrDefault(),
        };
    }

    // Only what has an entry's name in an entry's place, and is no link or behind one.
    private IEnumerable<FileInfo> EntriesIn(string store)
    {
        var folder = new DirectoryInfo(Path.Combine(target, store));
        if (!folder.Exists || AtomicFile.IsLink(folder))
            return [];
        var files =
            store == Histories
                ? folder.EnumerateFiles()
                : folder
                    .EnumerateDirectories("??")
                    .Where(shard => !AtomicFile.IsLink(shard))
                    .SelectMany(shard =>
                        shard.EnumerateFiles().Where(file => file.Name.StartsWith(shard.Name, StringComparison.Ordinal))
                    );
        return files.Where(file => Digest.IsWellFormed(file.Name) && !AtomicFile.IsLink(file));
    }

    private static bool TryDelete(FileInfo file, Action<FileInfo>? instead)
    {
        if (instead is not null)
        {
            instead(file);
            return true;
        }
        try
        {
            file.Delete();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // in use, or another user's
        }
    }
}
