namespace Pipeline.Caching;

/// <summary>Keeps commands from changing the same file at the same time.</summary>
public static class FileLock
{
    /// <summary>How the name of a lock ends, after that of what is locked.</summary>
    public const string Suffix = ".lock";

    private const int PatienceInMilliseconds = 10_000;
    private const int PauseInMilliseconds = 20;

    /// <summary>
    /// Takes a lock, which is the caller's to dispose of. Null where that can't be: one who holds it for long has stopped, and what others
    /// would change is worth no more waiting.
    /// </summary>
    /// <param name="folder">The folder of locks; made where it is missing.</param>
    /// <param name="name">The name of what is locked, a digest.</param>
    public static FileStream? Take(string folder, string name)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        var path = Path.Combine(folder, name + Suffix);
        for (var waited = 0; waited < PatienceInMilliseconds; waited += PauseInMilliseconds)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                Thread.Sleep(PauseInMilliseconds);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>Whether a file can't be opened because another has it open alone, and for no other reason.</summary>
    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    public static bool IsHeld(IOException exception) => exception?.HResult is 11 or 35 or unchecked((int)0x80070020);
}
