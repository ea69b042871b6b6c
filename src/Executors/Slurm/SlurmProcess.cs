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

    // On Unix, the exit code of a process that a signal ended.
    private const int Signalled = 128;

    /// <summary>Whether the controller could not be asked, so that it may have been done or not.</summary>
    public bool IsUnknown =>
        ExitCode != 0
        && (
            ExitCode < 0
            || ExitCode >= Signalled
            || Error.Contains("Unable to contact", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("timed out", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("Connection refused", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("standby mode", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("Zero Bytes were transmitted", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>Whether a limit of the cluster keeps it from being done now.</summary>
    public bool IsLimit =>
        ExitCode != 0
        && (
            Error.Contains("temporarily", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("MaxSubmit", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("Invalid job array specification", StringComparison.OrdinalIgnoreCase)
            || Error.Contains("accounting/QOS policy", StringComparison.OrdinalIgnoreCase)
        );
}

/// <summary>Runs Slurm's commands.</summary>
internal static class SlurmProcess
{
    private const int NotFound = 127;

    private static readonly string[] Filters = ["SQUEUE_", "SCANCEL_", "SINFO_"];

    // Without a controller squeue gives up after some ten seconds, sbatch, which tries again, after a minute or so.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">Its name, such as <c>squeue</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="PipelineException">It isn't installed.</exception>
    public static SlurmAnswer Run(string command, IReadOnlyList<string> arguments)
    {
        // In a session of its own: an interrupt, which the terminal sends to all of a group, would leave unknown what it did.
        var start = new ProcessStartInfo("setsid", [command, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        foreach (var name in start.Environment.Keys.Where(IsFilter).ToArray())
            start.Environment.Remove(name);
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
            return
                process.ExitCode == NotFound
                && error.GetAwaiter().GetResult().StartsWith("setsid:", StringComparison.Ordinal)
                ? throw Missing(command)
                : new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception e)
        {
            throw Missing(command, e);
        }
    }

    // A user's settings for what is listed would hide tasks, or have a submission wait for its end; counts of a task that gives the command
    // are not those of the tasks that it submits.
    private static bool IsFilter(string variable) =>
        Filters.Any(prefix => variable.StartsWith(prefix, StringComparison.Ordinal))
        || variable is "SBATCH_WAIT" or "SBATCH_CLUSTERS" or "SLURM_RESTART_COUNT";

    private static PipelineException Missing(string command, Exception? why = null) =>
        new(
            $"{command} was not found: --executor=slurm needs Slurm's commands on the PATH; give the command where they are, such as on a login node.",
            why!
        );
}
