using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Executors.Workers;

/// <summary>What TorchSharp needs of a machine, looked at before its libraries are downloaded.</summary>
public static class TorchRequirements
{
    // Of GCC 13: Debian 13, Ubuntu 24.04, Fedora 38.
    private const string Needed = "GLIBCXX_3.4.32";

    /// <summary>Why the backend torch can't run here, as a sentence with its remedy; null where nothing is known to be missing.</summary>
    public static string? Unmet()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 && !OperatingSystem.IsMacOS())
            return $"The backend torch has no library for {RuntimeInformation.ProcessArchitecture} processors on this system: use the managed backend.";
        return OperatingSystem.IsLinux() ? Unmet(Library()) : null;
    }

    internal static string? Unmet(string? library) =>
        library is null
            ? "The backend torch needs libstdc++.so.6, which was not found: install it (on Debian and Ubuntu, the package libstdc++6)."
        : File.ReadAllBytes(library).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Needed)) < 0
            ? $"The backend torch needs the C++ library of GCC 13 or newer, but {library} lacks {Needed}: run it on Debian 13, Ubuntu 24.04, Fedora 38 or later, or in a container of one of them; the managed backend runs here."
        : null;

    // The loader's own search: what it has mapped has a path.
    private static string? Library()
    {
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out _))
            return null;
        return File.ReadLines("/proc/self/maps")
            .Where(line => line.Contains("libstdc++.so", StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..])
            .FirstOrDefault();
    }
}
