using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pipeline.Build;

/// <summary>What the runtime doesn't tell or do.</summary>
internal static unsafe partial class UnixProcess
{
    private const int StandardError = 2;
    private const int Forever = -1;
    private const short ErrorOrHangUp = 0x08 | 0x10;

    /// <summary>
    /// Waits until the reader of standard output has closed it; what is no pipe, as a file, is never closed. The runtime ignores SIGPIPE,
    /// and its console writes on where nobody reads.
    /// </summary>
    /// <returns>Whether it was; false where the system can't tell.</returns>
    public static bool WaitForClosedOutput()
    {
        var output = new Polled { Descriptor = 1 };
        uint triggered = 0;
        return Poll(&output, 1, Forever, &triggered) == 0 && (output.Triggered & ErrorOrHangUp) != 0;
    }

    /// <summary>Writes to standard error, also while standard output is not read: the console's writes all wait for each other.</summary>
    public static void WriteError(string text)
    {
        try
        {
            using var handle = new SafeFileHandle(StandardError, ownsHandle: false);
            using var error = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            error.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // It was closed: there is nobody to tell.
        }
    }

    /// <summary>Ends the process at once; the runtime's own way waits for what its threads are at.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void Exit(int code);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(Polled* events, uint count, int milliseconds, uint* triggered);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Asked;
        public short Triggered;
    }
}
