using System.Runtime.InteropServices;

namespace Pipeline.Stages.Train.Torch;

/// <summary>Whether a system can run libtorch, found without it: it is 0.6 GB or more to fetch. Uses nothing of TorchSharp.</summary>
public static class TorchSystem
{
    /// <summary>The version of the C++ runtime's symbols that TorchSharp's native library asks for.</summary>
    internal const string RuntimeVersion = "GLIBCXX_3.4.32";

    /// <summary>Where to have it.</summary>
    internal const string Remedy =
        "It needs the C++ runtime of GCC 13 or newer, as Debian 13, Ubuntu 24.04 and Fedora 38 have it.";

    /// <summary>Why libtorch can't run here and what helps, as one sentence or two, or null when nothing speaks against it.</summary>
    public static string? Misfit()
    {
        if (Expected() is { } expected && RuntimeInformation.ProcessArchitecture != expected)
            return $"libtorch for this system is made for {expected} alone, and this process runs on {RuntimeInformation.ProcessArchitecture}.";
        return OperatingSystem.IsLinux() && RuntimeFile() is { } file ? MisfitOf(file) : null;
    }

    /// <summary>What is wrong with a C++ runtime, or null.</summary>
    internal static string? MisfitOf(string file) =>
        File.ReadAllBytes(file).AsSpan().IndexOf("GLIBCXX_3.4.32\0"u8) >= 0
            ? null
            : $"libtorch can't be loaded: {Path.GetFileName(file)} of this system lacks {RuntimeVersion}. {Remedy}";

    private static Architecture? Expected() =>
        OperatingSystem.IsMacOS() ? Architecture.Arm64
        : OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? Architecture.X64
        : null;

    /// <summary>The file of the C++ runtime that this process has, or gets.</summary>
    private static string? RuntimeFile()
    {
        if (Mapped() is { } mapped)
            return mapped;
        // .NET itself needs it, but a statically linked host shows only its own.
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out var library))
            return null;
        var file = Mapped();
        NativeLibrary.Free(library);
        return file;
    }

    private static string? Mapped() =>
        File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .FirstOrDefault(path =>
                Path.GetFileName(path) is "libstdc++.so.6"
                || path.Contains("/libstdc++.so.6.", StringComparison.Ordinal)
            );
}
