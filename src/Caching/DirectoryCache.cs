using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// A cache in a folder: an action cache <c>ac/ab/ab12…</c> from key to manifest, and a content store
/// <c>cas/cd/cd34…</c> from digest to bytes. Any number of threads and processes may use one folder at once; there is
/// no lock. Every read is verified. An entry that doesn't match is deleted, named in the log, and missing from then on.
/// </summary>
public sealed partial class DirectoryCache
{
    private readonly string root;
    private readonly string target;
    private readonly Action<string> log;
    private readonly TimeProvider clock;
    private int leftoversDeleted;

    /// <summary>A cache that is read and written.</summary>
    /// <param name="root">The folder; it is made at the first write.</param>
    /// <param name="log">Takes one sentence for each entry that doesn't match.</param>
    /// <param name="clock">Tells when entries are used, for <see cref="Sweep"/>.</param>
    public DirectoryCache(string root, Action<string> log, TimeProvider clock)
        : this(root, root, log, clock) { }

    private DirectoryCache(string root, string target, Action<string> log, TimeProvider clock) =>
        (this.root, this.target, this.log, this.clock) = (FolderOf(root), FolderOf(target), log, clock);

    /// <summary>A cache that is only read. What is stored goes to another folder, which is looked into as well.</summary>
    /// <param name="root">The folder that is only read.</param>
    /// <param name="scratch">The folder for what is stored; the caller's to delete.</param>
    /// <param name="log">Takes one sentence for each entry that doesn't match.</param>
    /// <param name="clock">Tells when entries are used.</param>
    public static DirectoryCache ReadOnly(string root, string scratch, Action<string> log, TimeProvider clock) =>
        new(root, scratch, log, clock);

    /// <summary>The history of a study. A cache that is only read saves none.</summary>
    /// <param name="study">The study's name.</param>
    public StudyHistory History(string study)
    {
        var path = Path.Combine(root, Histories, Artifacts.Digest.Of(study));
        Touch(path);
        return new(path, IsOurs(path) ? TemporaryFolder : null, ClaimsFolder);
    }

    private const string Histories = "history";

    /// <summary>The folder of files that are being written.</summary>
    internal const string Temporaries = "tmp";

    /// <summary>Claims for a command's runs; null for a cache that is only read.</summary>
    public RunClaims? Claim()
    {
        if (target != root)
            return null;
        try
        {
            AtomicFile.DeleteLeftovers(ClaimsFolder, clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Who may not look there goes on without, as without claims.
        }
        return new(ClaimsFolder, Environment.MachineName);
    }

    /// <summary>What runs keep while they train; null for a cache that is only read.</summary>
    public Checkpoints? Checkpoints() => target == root ? new(target, log) : null;

    /// <summary>Which clones use the cache; null for a cache that is only read.</summary>
    public CloneRecords? Clones() => target == root ? new(target, Environment.MachineName) : null;

    /// <summary>Whether all outputs of a key are there, every byte of them as it was stored.</summary>
    /// <exception cref="IOException">They can't be read.</exception>
    public bool Holds(StageKey key) =>
        TryGet(key.Digest, out var manifest, out _)
        && manifest.Outputs.Values.All(output => TryRead(output.Digest) is not null);

    /// <summary>The folder.</summary>
    public string Folder => root;

    /// <summary>Tells what the one who uses the cache should know.</summary>
    public void Tell(string sentence) => log(sentence);

    /// <summary>Whether files can be written to a folder of a cache, a megabyte at least; it is made for that.</summary>
    public static bool CanBeWritten(string root)
    {
        try
        {
            using var file = new AtomicFile(Path.Combine(root, Temporaries));
            file.Write(new byte[1 << 20]);
            file.Stream.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string TemporaryFolder => Path.Combine(target, Temporaries);

    private string ClaimsFolder => Path.Combine(target, RunClaims.Folder);

    /// <summary>Where a store keeps what has a digest for its name.</summary>
    internal static string PathOf(string folder, string store, string name) =>
        Artifacts.Digest.IsWellFormed(name)
            ? Path.Combine(folder, store, name[..2], name)
            : throw new ArgumentException($"'{name}' is not a digest of 64 hexadecimal digits.", nameof(name));

    /// <summary>Where an entry is, or null. Looks, but doesn't open: a miss costs no more.</summary>
    private string? Find(string store, string name)
    {
        var path = PathOf(target, store, name);
        if (RegularFile.Exists(path))
            return path;
        if (target == root)
            return null;
        path = PathOf(root, store, name);
        return RegularFile.Exists(path) ? path : null;
    }

    private AtomicFile NewFile()
    {
        if (Interlocked.Exchange(ref leftoversDeleted, 1) == 0)
            AtomicFile.DeleteLeftovers(TemporaryFolder, clock.GetUtcNow());
        return new(TemporaryFolder);
    }

    private void Write(string store, string name, ReadOnlySpan<byte> bytes)
    {
        using var file = NewFile();
        file.Write(bytes);
        file.MoveTo(PathOf(target, store, name));
    }

    /// <summary>Reads an entry; null when it has just been deleted.</summary>
    private static T? Read<T>(string path, Func<string, T> read)
        where T : class
    {
        try
        {
            return read(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The cache entry {path} can't be read ({exception.Message.TrimEnd('.')}); "
                    + "mend that, or choose another folder with --cache.",
                exception
            );
        }
    }

    private void Discard(string path)
    {
        try
        {
            if (IsOurs(path))
                File.Delete(path);
            log(
                $"The cache entry {path} was damaged; it is {(IsOurs(path) ? "deleted" : "ignored")} and computed again."
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log(
                $"The cache entry {path} was damaged and can't be deleted ({exception.Message.TrimEnd('.')}); it is computed again."
            );
        }
    }

    private bool IsOurs(string path) =>
        root == target || path.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string FolderOf(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>
    /// Notes that an entry was used: sets its time of writing, at most once a day, since that costs a write, and where it is in the future.
    /// </summary>
    private void Touch(string path)
    {
        if (!IsOurs(path))
            return;
        needed?.TryAdd(path, true);
        var now = clock.GetUtcNow().UtcDateTime;
        try
        {
            if ((now - File.GetLastWriteTimeUtc(path)).Duration() > TimeSpan.FromDays(1))
                File.SetLastWriteTimeUtc(path, now);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's entry, or one that was just deleted: it can be used all the same.
        }
    }
}
