using System.Runtime.InteropServices;

namespace Pipeline.Build;

/// <summary>What the runtime doesn't tell or do.</summary>
internal static unsafe partial class UnixProcess
{
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
