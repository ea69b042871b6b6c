using System.ComponentModel;
using System.Diagnostics;
using Pipeline.Artifacts;

namespace Pipeline.Executors.Slurm;

/// <summary>How a command of Slurm ended.</summary>
/// <param name="ExitCode">Its exit code; −1 where it gave no answer in time.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it printed on standard error.</param>
internal sealed record SlurmAnswer(int ExitCode, string Output, string Error)
{
    /// <summary>Whether it did what it was asked for.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>What went wrong, in one line.</summary>
    public string Sentence =>
        Error.Trim() is { Length: > 0 } error
            ? error.ReplaceLineEndings(" ").TrimEnd('.')
            : FormattableString.Invariant($"exit code {ExitCode}");

    /// <summary>Whether the controller could not be asked, so that it may have been done or not.</summary>
    public bool IsUnknown =>
        ExitCode != 0
        && (
            ExitCode < 0
            || Error.Contains("Unable to contact", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("timed out", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("Connection refused", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("Zero Bytes were transmitted", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether a limit of the cluster keeps it from being done now.</summary>
    public bool IsLimit =>
        ExitCode != 0
        && (
            Error.Contains("temporarily", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("MaxSubmit", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("accounting/QOS policy", StringComparison.OrdinalIgnoreCase)
        );
}

/// <summary>Runs Slurm's commands.</summary>
internal static class SlurmProcess
{
    // Without a controller squeue gives up after some ten seconds, sbatch, which tries again, after a minute or so.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">Its name, such as <c>squeue</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="PipelineException">It isn't installed.</exception>
    public static SlurmAnswer Run(string command, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return new(-1, "", $"{command} gave no answer in {Patience.TotalMinutes:0} minutes");
            }
            return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            throw new PipelineException(
                $"{command} can't be started ({e.Message}): --executor=slurm needs Slurm's commands on the PATH; give the command where they are, such as on a login node.",
                e
            );
        }
    }
}
