using System.Globalization;

namespace Pipeline.Caching;

/// <summary>
/// Files that are written to a folder of their own beside their places and then moved there, each all at once. Git ignores that folder, so
/// that a command that dies leaves nothing where git looks, and the next command deletes it.
/// </summary>
public sealed class StagedFiles : IDisposable
{
    private const string Prefix = ".unfinished-";
    private const string IgnoreFile = ".gitignore";

    // Git never looks at what has this name, so that it sees nothing of the other file before that holds what it should.
    private const string UnseenFile = ".git";

    private const int Attempts = 10;

    private readonly string folder;
    private readonly FileStream ignore;
    private string stage = "";
    private readonly List<(string Temporary, string Final)> files = [];

    /// <summary>Begins.</summary>
    /// <param name="folder">The folder of their places; made where it is missing.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public StagedFiles(string folder)
    {
        this.folder = folder;
        ignore = Begin();
    }

    /// <summary>Writes a file, but not yet to its place.</summary>
    /// <param name="name">Its name in the folder, which may name a folder within.</param>
    /// <param name="bytes">What it holds.</param>
    public void Add(string name, byte[] bytes)
    {
        var temporary = Path.Combine(stage, files.Count.ToString(CultureInfo.InvariantCulture));
        File.WriteAllBytes(temporary, bytes);
        files.Add((temporary, Path.Combine(folder, name)));
    }

    /// <summary>Moves files to their places, those that were added first before others.</summary>
    /// <param name="butLast">How many of those that were added last stay for the next time.</param>
    public void MoveAll(int butLast = 0)
    {
        var count = files.Count - butLast;
        foreach (var (temporary, final) in files.GetRange(0, count))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            File.Move(temporary, final, overwrite: true);
        }
        files.RemoveRange(0, count);
    }

    /// <summary>Deletes those that were not moved.</summary>
    public void Dispose()
    {
        ignore.Dispose();
        Abandon();
    }

    /// <summary>Puts one file into its place, once what dead commands left there is gone.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bytes">What it holds.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Replace(string path, byte[] bytes)
    {
        var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        DeleteLeftovers(folder, [name]);
        using var staged = new StagedFiles(folder);
        staged.Add(name, bytes);
        staged.MoveAll();
    }

    /// <summary>Whether a file holds these bytes. One that can't be read doesn't: it is replaced, or the attempt tells why not.</summary>
    public static bool IsInPlace(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file
                && file.Length == bytes.Length
                && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether a name in a folder is that of files which are not in their places yet.</summary>
    public static bool IsStage(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && AtomicFile.IsName(name[Prefix.Length..]);

    /// <summary>
    /// Deletes what commands that died left in a folder: their stages, and the files that earlier versions wrote beside the places.
    /// </summary>
    /// <param name="folder">The folder; it may be missing.</param>
    /// <param name="names">The names of the files that are put there.</param>
    public static void DeleteLeftovers(string folder, IEnumerable<string> names)
    {
        var all = new DirectoryInfo(folder);
        if (!all.Exists)
            return;
        foreach (
            var left in all.EnumerateDirectories(Prefix + "*")
                .Where(left => IsStage(left.Name) && !AtomicFile.IsLink(left))
        )
            TryDelete(left);
        FileInfo[] older = [.. all.EnumerateFiles("*.tmp").Where(file => !AtomicFile.IsLink(file))];
        if (older.Length == 0)
            return;
        var ours = names.ToHashSet(StringComparer.Ordinal);
        foreach (var file in older)
        {
            // <name>.<process>.tmp
            if (
                file.Name.Split('.') is [.. var name, var process, _]
                && IsNumber(process)
                && ours.Contains(string.Join('.', name))
            )
                file.Delete();
        }
    }

    private static bool IsNumber(string text) => text.Length is > 0 and < 11 && text.All(char.IsAsciiDigit);

    // By the file that it has open others know that this command lives.
    private FileStream Begin()
    {
        for (var attempt = 1; ; attempt++)
        {
            stage = Path.Combine(folder, Prefix + AtomicFile.NewName());
            Directory.CreateDirectory(stage);
            FileStream? file = null;
            try
            {
                file = new(Path.Combine(stage, UnseenFile), FileMode.CreateNew, FileAccess.Write, FileShare.Delete);
                file.Write("*\n"u8);
                file.Flush();
                File.Move(Path.Combine(stage, UnseenFile), Path.Combine(stage, IgnoreFile));
                return file;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                file?.Dispose();
                var isTaken =
                    !Directory.Exists(stage)
                    || exception is FileNotFoundException
                    || (exception is IOException held && FileLock.IsHeld(held));
                Abandon();
                // Another command took it, not held yet as it was, for that of a dead one.
                if (!isTaken || attempt == Attempts)
                    throw;
            }
        }
    }

    private void Abandon()
    {
        try
        {
            Remove(stage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another command took it for that of a dead one, or takes it for that later.
        }
    }

    private static void TryDelete(DirectoryInfo stage)
    {
        try
        {
            foreach (var file in stage.EnumerateFiles(UnseenFile + "*"))
            {
                using (file.Open(FileMode.Open, FileAccess.Read, FileShare.None)) { }
            }
            Remove(stage.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its command lives, or another deletes it.
        }
    }

    // What hides the others from git goes last.
    private static void Remove(string stage)
    {
        foreach (var file in Directory.EnumerateFiles(stage).Where(file => Path.GetFileName(file) != IgnoreFile))
            File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(stage))
            File.Delete(file);
        Directory.Delete(stage);
    }
}
