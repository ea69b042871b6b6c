using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Pipeline.Artifacts;

namespace Pipeline.Benchmarks;

/// <summary>A library of Python in processes of its own, on one thread each, with the instruction sets that this process has.</summary>
internal sealed class Peer
{
    private const string Variable = "PIPELINE_PYTHON";

    private readonly string script;

    private Peer(string script, string version) => (this.script, Version) = (script, version);

    /// <summary>The library's version.</summary>
    public string Version { get; }

    private static string Python =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : "/usr/bin/python3";

    /// <summary>
    /// The environment variables that decide on how many threads PyTorch, SciPy and their OpenBLAS run
    /// and which kernels they use. Where AVX-512 is allowed, PyTorch's own kernels are left to its
    /// choice, which costs it nothing.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> Settings { get; } =
    [
        ("OPENBLAS_NUM_THREADS", "1"),
        ("OMP_NUM_THREADS", "1"),
        .. Avx512F.IsSupported ? [("OPENBLAS_CORETYPE", "SkylakeX")]
        : Avx2.IsSupported ? [("OPENBLAS_CORETYPE", "Haswell"), ("ATEN_CPU_CAPABILITY", "avx2")]
        : Array.Empty<(string, string)>(),
    ];

    /// <summary>Looks for the library of a script; null and the reason where it is not there.</summary>
    /// <param name="script">The name of the script, which prints the library's version on --version.</param>
    public static (Peer? Peer, string? Missing) Find(string script)
    {
        try
        {
            using var process = Process.Start(Command(script, ["--version"]))!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? (new(script, version), null) : (null, LastLine(error.Result));
        }
        catch (Win32Exception)
        {
            return (null, $"{Python} can't be started");
        }
    }

    /// <summary>The start of a process of the peer.</summary>
    public ProcessStartInfo Command(IReadOnlyList<string> arguments) => Command(script, arguments);

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
                    throw new PipelineException($"PyTorch {Version} failed: {LastLine(errors[i].Result)}.");
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

    private static ProcessStartInfo Command(string script, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        return start;
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault("no reason given");
}
