using System.ComponentModel;
using System.Diagnostics;
using Pipeline.Artifacts;

namespace Pipeline.Benchmarks;

/// <summary>
/// An engine beside ours: a program in processes of its own, on one thread each, with the
/// instruction sets that this process has.
/// </summary>
internal sealed class Peer
{
    private readonly IReadOnlyList<string> program;

    private Peer(
        string name,
        IReadOnlyList<string> program,
        IReadOnlyList<(string Name, string Value)> settings,
        string version
    ) => (Name, this.program, Settings, Version) = (name, program, settings, version);

    /// <summary>Its name in the table.</summary>
    public string Name { get; }

    /// <summary>The library's version.</summary>
    public string Version { get; }

    /// <summary>The environment variables that decide on how many threads its libraries run and which kernels they use.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; }

    /// <summary>Looks for a peer; null and the reason where it is not there.</summary>
    /// <param name="name">Its name in the table.</param>
    /// <param name="program">The program and its first arguments; with --version behind them it prints the library's version.</param>
    /// <param name="settings">Its environment variables.</param>
    public static (Peer? Peer, string? Missing) Find(
        string name,
        IReadOnlyList<string> program,
        IReadOnlyList<(string Name, string Value)> settings
    )
    {
        try
        {
            using var process = Process.Start(Command(program, settings, ["--version"]))!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0
                ? (new(name, program, settings, version), null)
                : (null, LastLine(error.Result));
        }
        catch (Win32Exception)
        {
            return (null, $"{program[0]} can't be started");
        }
    }

    /// <summary>The start of a process of the peer.</summary>
    public ProcessStartInfo Command(IReadOnlyList<string> arguments) => Command(program, Settings, arguments);

    /// <summary>Trains at the same time, in one process each, what the folders of each share describe.</summary>
    /// <returns>The time of the slowest, and the mean loss.</returns>
    /// <exception cref="PipelineException">A process failed.</exception>
    public Measurement Train(IReadOnlyList<string>[] shares)
    {
        var processes = Array.ConvertAll(shares, share => Process.Start(Command(share))!);
        try
        {
            var errors = Array.ConvertAll(processes, process => process.StandardError.ReadToEndAsync());
            // An engine that fails says so in its last line of errors, and then prints neither of the two lines.
            foreach (var process in processes)
                process.StandardOutput.ReadLine();
            foreach (var process in processes)
                process.StandardInput.Close();
            var lines = Array.ConvertAll(processes, process => process.StandardOutput.ReadToEnd().Trim());
            for (var i = 0; i < processes.Length; i++)
            {
                processes[i].WaitForExit();
                if (processes[i].ExitCode != 0)
                    throw new PipelineException($"{Name} {Version} failed: {LastLine(errors[i].Result)}.");
            }
            var measurements = Array.ConvertAll(lines, Measurement.Parse);
            return new(measurements.Max(m => m.Seconds), measurements.Average(m => m.Loss));
        }
        finally
        {
            foreach (var process in processes)
                process.Dispose();
        }
    }

    private static ProcessStartInfo Command(
        IReadOnlyList<string> program,
        IReadOnlyList<(string Name, string Value)> settings,
        IReadOnlyList<string> arguments
    )
    {
        var start = new ProcessStartInfo(program[0], [.. program.Skip(1), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault("no reason given");
}
