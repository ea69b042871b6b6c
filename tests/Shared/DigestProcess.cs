using System.Diagnostics;

namespace Pipeline.Tests;

/// <summary>
/// A child process that prints, first, the instruction sets that it sees and then digests of what it computes. For the
/// runtime's switches, which count from the start of a process on.
/// </summary>
internal static class DigestProcess
{
    /// <summary>The lines that a program prints with an environment variable set, or with none.</summary>
    public static string[] Run(string program, string? variable = null, string? value = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, program)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (variable is not null)
            start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
