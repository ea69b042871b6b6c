using System.Runtime.InteropServices;

namespace Pipeline.Build;

/// <summary>Where the process writes. The runtime ignores SIGPIPE, and its console writes on where nobody reads.</summary>
internal static unsafe partial class StandardOutput
{
    private const int Forever = -1;
    private const short ErrorOrHangUp = 0x08 | 0x10;

    /// <summary>Waits until its reader has closed it; what is no pipe, as a file, is never closed.</summary>
    /// <returns>Whether it was; false where the system can't tell.</returns>
    public static bool WaitForClose()
    {
        var output = new Polled { Descriptor = 1 };
        uint triggered = 0;
        return Poll(&output, 1, Forever, &triggered) == 0 && (output.Triggered & ErrorOrHangUp) != 0;
    }

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
