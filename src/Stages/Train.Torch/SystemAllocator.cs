using System.Runtime.InteropServices;

namespace Pipeline.Stages.Train.Torch;

/// <summary>The allocator from which libtorch has its tensors on a processor.</summary>
internal static partial class SystemAllocator
{
    private const int TrimThreshold = -1;
    private const int MappingThreshold = -3;
    private const int Gibibyte = 1 << 30;

    /// <summary>
    /// Has glibc keep the pages of freed tensors: a step frees what the next one wants again, and fresh pages cost a
    /// convolutional network a third of its time. Does nothing where there is another allocator.
    /// </summary>
    public static void KeepPages()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(MappingThreshold, Gibibyte);
            _ = SetOption(TrimThreshold, Gibibyte);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such options.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);
}
