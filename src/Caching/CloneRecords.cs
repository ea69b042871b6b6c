using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// Which clones of the project use a cache, and the keys on which what stands in their results rests: a file a clone below
/// <c>clones/</c>, its host, its folder, then a study and a key a line. It is for sweeps alone; no result depends on it.
/// </summary>
/// <param name="cache">The folder of the cache.</param>
/// <param name="host">The name of this machine.</param>
public sealed class CloneRecords(string cache, string host)
{
    /// <summary>The folder of the records in a cache.</summary>
    internal const string Folder = "clones";

    // A record of more is nothing that this wrote.
    private const int MostBytes = 1 << 20;

    /// <summary>Notes on what keys results of a clone rest. Where that can't be written nothing is noted.</summary>
    /// <param name="root">The clone's folder.</param>
    /// <param name="keys">The digest of a key by study; other studies keep theirs.</param>
    public void Note(string root, IReadOnlyDictionary<string, string> keys)
    {
        var path = PathOf(root);
        using var held = FileLock.Take(Path.Combine(cache, RunClaims.Folder), Path.GetFileName(path));
        var known = Read(path);
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (study, key) in (known?.Keys ?? []).Concat(keys))
            all[study] = key;
        try
        {
            if (known is null || !all.SequenceEqual(known.Keys))
            {
                using var file = new AtomicFile(Path.Combine(cache, DirectoryCache.Temporaries));
                string[] lines = [host, root, .. all.Select(entry => $"{entry.Key} {entry.Value}")];
                file.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
                file.MoveTo(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's cache: what this clone needs is kept as long as it is used.
        }
    }

    /// <summary>
    /// The digests of the keys on which the results of clones rest that are still there; those of other machines are taken to be.
    /// </summary>
    /// <param name="gone">Takes the record of a clone that is no more.</param>
    public IEnumerable<string> Needed(Action<FileInfo> gone)
    {
        var folder = new DirectoryInfo(Path.Combine(cache, Folder));
        if (!folder.Exists || AtomicFile.IsLink(folder))
            yield break;
        foreach (var file in folder.EnumerateFiles().Where(file => Digest.IsWellFormed(file.Name)))
        {
            if (AtomicFile.IsLink(file) || Read(file.FullName) is not { } record)
                continue;
            if (record.Host == host && IsGone(Path.Combine(record.Root, "results")))
            {
                gone(file);
                continue;
            }
            foreach (var (_, key) in record.Keys)
                yield return key;
        }
    }

    // A folder that may not be looked into is there.
    private static bool IsGone(string folder)
    {
        try
        {
            File.GetAttributes(folder);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string PathOf(string root) => Path.Combine(cache, Folder, Digest.Of($"{host}\n{root}"));

    private static CloneRecord? Read(string path)
    {
        try
        {
            return
                new FileInfo(path) is { Exists: true, Length: <= MostBytes }
                && File.ReadAllLines(path) is [var host, var root, .. var entries]
                && Array.ConvertAll(entries, entry => entry.Split(' ')) is var parts
                && parts.All(part => part is [_, var key] && Digest.IsWellFormed(key))
                ? new(host, root, [.. parts.Select(part => KeyValuePair.Create(part[0], part[1]))])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record CloneRecord(string Host, string Root, IReadOnlyList<KeyValuePair<string, string>> Keys);
}
