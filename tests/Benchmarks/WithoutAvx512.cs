using System.Diagnostics;

namespace Pipeline.Benchmarks;

/// <summary>This program once more, without AVX-512: what the runtime uses is decided at the start of a process.</summary>
internal static class WithoutAvx512
{
    private const string Switch = "DOTNET_EnableAVX512";

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">The mode and its arguments.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(WithoutAvx512).Assembly.Location, .. arguments])
            {
                UseShellExecute = false,
                Environment = { [Switch] = "0" },
            }
        )!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
