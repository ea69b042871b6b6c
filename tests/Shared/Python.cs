using System.ComponentModel;
using System.Diagnostics;

namespace Pipeline.Tests;

/// <summary>The machine's Python, by which tests compare with NumPy and PyTorch where these are there.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    private static readonly Lazy<bool> HasPyTorch = new(() => CanImport("numpy, torch"));

    /// <summary>Why tests that need NumPy and PyTorch are skipped; null where these are there, and in CI.</summary>
    public static string? WhyNoPyTorch =>
        HasPyTorch.Value || Environment.GetEnvironmentVariable("CI") is not (null or "")
            ? null
            : $"{Program} has no PyTorch: on Debian, apt-get install python3-torch.";

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    /// <param name="source">The program.</param>
    /// <param name="folder">Where it runs, and imports from.</param>
    /// <returns>The lines that it prints.</returns>
    public static string[] Run(string source, string folder)
    {
        var (exitCode, output, error) = Execute(source, folder);
        Assert.True(exitCode == 0, $"{output}\n{error}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool CanImport(string modules)
    {
        try
        {
            return Execute($"import {modules}", Path.GetTempPath()).ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output, string Error) Execute(string source, string folder)
    {
        var start = new ProcessStartInfo(Program, ["-B", "-c", source])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
