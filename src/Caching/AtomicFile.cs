using System.Globalization;

namespace Pipeline.Caching;

/// <summary>
/// A file that is written in a folder of temporary files and appears in its place all at once: readers see it whole or not at all,
/// and so do they after a crash.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string folder;
    private readonly string path;

    /// <summary>Starts a file.</summary>
    /// <param name="folder">The folder of temporary files, in the same file system as the file's place.</param>
    /// <exception cref="IOException">It can't be made there.</exception>
    public AtomicFile(string folder)
    {
        this.folder = folder;
        path = Path.Combine(folder, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
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

    /// <summary>Makes the file durable and moves it to its place, where it replaces what is there.</summary>
    /// <exception cref="IOException">It can't be written or moved; nothing has changed in its place.</exception>
    public void MoveTo(string destination)
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
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
        Stream.Dispose();
        File.Delete(path);
    }

    /// <summary>
    /// Deletes what dead processes left in a folder of temporary files: files that nobody wrote for
    /// a day and nobody has open.
    /// </summary>
    public static void DeleteLeftovers(string folder, DateTimeOffset now)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
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

    private IOException CannotWrite(Exception exception) =>
        new(
            $"The cache can't write in {folder} ({exception.Message.TrimEnd('.')}); "
                + "make room or mend the permissions, or choose another folder with --cache.",
            exception
        );
}
