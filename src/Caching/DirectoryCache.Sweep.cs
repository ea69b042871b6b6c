namespace Pipeline.Caching;

/// <summary>What a sweep did.</summary>
/// <param name="Deleted">The number of entries deleted.</param>
/// <param name="DeletedBytes">Their size.</param>
/// <param name="Kept">The number of entries left.</param>
/// <param name="KeptBytes">Their size.</param>
public sealed record SweepResult(int Deleted, long DeletedBytes, int Kept, long KeptBytes);

/// <content>Making room.</content>
public sealed partial class DirectoryCache
{
    /// <summary>
    /// Deletes the entries that were not used for a while, then the least recently used until the rest fits. An entry
    /// is used when it is stored or read, which its time of last writing notes, once a day. A manifest may survive an
    /// output that it names: its key is then a miss.
    /// </summary>
    /// <param name="keep">How long an unused entry is kept.</param>
    /// <param name="maxSize">The number of bytes that may be left, or null for any.</param>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public SweepResult Sweep(TimeSpan keep, long? maxSize)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        AtomicFile.DeleteLeftovers(TemporaryFolder, clock.GetUtcNow());
        var entries = new[] { Actions, Content, Histories }
            .Select(store => new DirectoryInfo(Path.Combine(target, store)))
            .Where(store => store.Exists)
            .SelectMany(store => store.EnumerateFiles("*", SearchOption.AllDirectories))
            .Select(file => (File: file, Used: file.LastWriteTimeUtc, Size: file.Length))
            .OrderByDescending(entry => entry.Used)
            .ThenBy(entry => entry.File.FullName, StringComparer.Ordinal)
            .ToArray();
        var (deleted, deletedBytes, kept, keptBytes, isFull) = (0, 0L, 0, 0L, false);
        foreach (var (file, used, size) in entries)
        {
            isFull |= keptBytes + size > maxSize;
            if ((!isFull && now - used <= keep) || !TryDelete(file))
                (kept, keptBytes) = (kept + 1, keptBytes + size);
            else
                (deleted, deletedBytes) = (deleted + 1, deletedBytes + size);
        }
        return new(deleted, deletedBytes, kept, keptBytes);
    }

    private static bool TryDelete(FileInfo file)
    {
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
