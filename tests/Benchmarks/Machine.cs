using System.Runtime.InteropServices;

namespace Pipeline.Benchmarks;

/// <summary>What the times depend on besides the engines.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";

    /// <summary>Its fields in a benchmark's line.</summary>
    public static IReadOnlyList<(string Name, string? Value)> Fields { get; } =
    [
        ("cpu", Cpu()),
        ("processors", $"{Environment.ProcessorCount}"),
        ("runtime", RuntimeInformation.FrameworkDescription),
        ("os", RuntimeInformation.OSDescription),
    ];

    /// <summary>The line at the start of a table.</summary>
    public static string Sentence => $"machine: {string.Join(", ", Fields.Select(one => $"{one.Name} {one.Value}"))}";

    // Where the system doesn't tell the CPU's name, as Linux doesn't on ARM, its architecture stands for it.
    private static string Cpu() =>
        (File.Exists(CpuInfo) ? File.ReadLines(CpuInfo) : [])
            .Where(line => line.StartsWith("model name", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
            .FirstOrDefault($"{RuntimeInformation.ProcessArchitecture}");
}
