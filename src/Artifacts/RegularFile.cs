using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Artifacts;

/// <summary>
/// Tells files from pipes and devices, which may have no end and can't be read twice; whoever opens a pipe waits for its writer.
/// </summary>
public static unsafe partial class RegularFile
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    // More than the runtime's own structure, whose second field is the mode on every system.
    private const int StatusLength = 64;

    /// <summary>Whether something is at a path, or where a link at it leads, that is a file.</summary>
    public static bool Exists(string path) => OperatingSystem.IsWindows() ? File.Exists(path) : TypeOf(path) == Regular;

    /// <summary>Whether a pipe, a device or a folder is at a path, or where a link at it leads.</summary>
    public static bool IsOther(string path) =>
        OperatingSystem.IsWindows() ? Directory.Exists(path) : TypeOf(path) is { } type && type != Regular;

    // Null where nothing is, or a link leads nowhere.
    private static int? TypeOf(string path)
    {
        var status = stackalloc int[StatusLength];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            return Stat(name, status) == 0 ? status[1] & TypeMask : null;
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(byte* path, int* status);
}
