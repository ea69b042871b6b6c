using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// A file that is written in a folder of temporary files and appears in its place all at once: readers see it whole or not at all,
/// and so do they after a crash.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string folder;
    private readonly string path;

    /// <summary>Starts a file.</summary>
    /// <param name="folder">The folder of temporary files, in the same file system as the file's place.</param>
    /// <exception cref="IOException">It can't be made there.</exception>
    public AtomicFile(string folder)
    {
        this.folder = folder;
        path = Path.Combine(folder, NewName());
        try
        {
            Directory.CreateDirectory(folder);
            // Nobody else may open it: by that a cleaner knows that its writer lives.
            Stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(exception);
        }
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <summary>Writes bytes.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Stream.Write(bytes);
        }
        catch (IOException exception)
        {
            throw CannotWrite(exception);
        }
    }

    /// <summary>Lets a callback write, and goes back to the start. What it throws passes unchanged, save for a lack of room.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            write(Stream);
            Stream.Position = 0;
        }
        catch (IOException exception) when (HasNoRoom(exception))
        {
            throw CannotWrite(exception);
        }
    }

    /// <summary>Makes the file durable and moves it to its place, where it replaces what is there.</summary>
    /// <exception cref="IOException">It can't be written or moved; nothing has changed in its place.</exception>
    public void MoveTo(string destination)
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            RemoveFolder(destination);
            File.Move(path, destination, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Windows can't replace a file that is open. What is there has the same name, hence the same content.
            if (!OperatingSystem.IsWindows() || !File.Exists(destination))
                throw CannotWrite(exception);
        }
    }

    /// <summary>Deletes the file unless it was moved.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What was still to be written found no room; it isn't wanted any more.
        }
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is left to a cleaner.
        }
    }

    /// <summary>A name that no other file has: 32 hexadecimal digits.</summary>
    public static string NewName() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Whether a name has the form of those that are given here.</summary>
    public static bool IsName(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    /// <summary>
    /// Deletes what dead processes left in a folder of temporary files: files and locks of the cache's own names that nobody
    /// wrote for a day and nobody has open.
    /// </summary>
    public static void DeleteLeftovers(string folder, DateTimeOffset now)
    {
        var all = new DirectoryInfo(folder);
        if (!all.Exists || IsLink(all))
            return;
        foreach (var file in all.EnumerateFiles().Where(file => IsOurs(file.Name) && !IsLink(file)))
        {
            if (now - new DateTimeOffset(file.LastWriteTimeUtc) < TimeSpan.FromDays(1))
                continue;
            try
            {
                // Another machine's lock is not seen on every file system; the day is for those.
                using (file.Open(FileMode.Open, FileAccess.Read, FileShare.None)) { }
                file.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It is in use, or was deleted by another cleaner.
            }
        }
    }

    /// <summary>Whether something is a link to elsewhere, through which nothing is deleted.</summary>
    public static bool IsLink(FileSystemInfo info) => info.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static bool IsOurs(string name) =>
        IsName(name)
        || (
            name.EndsWith(FileLock.Suffix, StringComparison.Ordinal)
            && Digest.IsWellFormed(Path.GetFileNameWithoutExtension(name))
        );

    // A folder in a file's place is nothing that the cache made. It goes out of the way first, so that nobody finds half of it.
    private void RemoveFolder(string destination)
    {
        var there = new DirectoryInfo(destination);
        if (!there.Exists || IsLink(there))
            return;
        var aside = Path.Combine(folder, NewName());
        try
        {
            there.MoveTo(aside);
            Directory.Delete(aside, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another command removed it.
        }
    }

    // ENOSPC on Linux and macOS, EDQUOT on each, ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL on Windows.
    private static bool HasNoRoom(IOException exception) =>
        exception.HResult is 28 or 122 or 69 or unchecked((int)0x80070027) or unchecked((int)0x80070070);

    private IOException CannotWrite(Exception exception) =>
        new(
            $"The cache can't write in {folder} ({exception.Message.TrimEnd('.')}); "
                + "make room or mend the permissions, or choose another folder with --cache.",
            exception
        );
}
