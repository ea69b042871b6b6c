using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Train;

namespace Pipeline.Benchmarks;

/// <summary>
/// Fashion-MNIST, decoded, and what both engines make of it, each in a process of its own on one
/// core, the same for both.
/// </summary>
/// <param name="location">A folder that is there.</param>
internal sealed partial class PreparationFolder(string location)
{
    private const int Seed = 0;

    private int training;

    private string Raw => Path.Combine(location, "raw.data");

    private string Ours => Path.Combine(location, BenchmarkData.Prepared);

    private string Theirs => Path.Combine(location, "prepared.npy");

    /// <summary>Reads the data set and writes what both engines start from: the decoded data, and the order of rows for the peer.</summary>
    public void Write()
    {
        using (var file = File.Create(Raw))
            BenchmarkData.Read(BenchmarkData.FashionMnist).Write(file);
        using var data = PreparedData.Open(Raw);
        var split = Split.Of(data, Spec("none"));
        training = split.Training.Length;
        int[] order = [.. split.Training, .. split.Validation, .. split.Test];
        File.WriteAllBytes(Path.Combine(location, "order.i32"), MemoryMarshal.AsBytes<int>(order));
    }

    /// <summary>Our engine's way: what the stage Preprocess does with decoded data. To be called in a process of its own.</summary>
    /// <param name="chain">The transforms, as a study names them.</param>
    public void Prepare(string chain)
    {
        using var data = PreparedData.Open(Raw);
        using var target = File.Create(Ours);
        Preprocessor.Prepare(data, Spec(chain), target);
    }

    /// <summary>
    /// Has our engine prepare the data: from the start of the process to its end, start of the
    /// runtime and compilation included.
    /// </summary>
    /// <exception cref="PipelineException">It failed.</exception>
    public Preparation TimeOurs(string chain)
    {
        File.Delete(Ours);
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(PreparationFolder).Assembly.Location, "prepare", chain, location]
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var clock = Stopwatch.StartNew();
        var (_, peak) = Run(start);
        return new(clock.Elapsed.TotalSeconds, peak, new FileInfo(Ours).Length, MeanSquare());
    }

    /// <summary>Has the peer prepare the same: without start and imports.</summary>
    /// <exception cref="PipelineException">It failed.</exception>
    public Preparation TimePeer(Peer peer, string chain)
    {
        File.Delete(Theirs);
        var start = peer.Command([chain, location, $"{training}"]);
        start.RedirectStandardError = false;
        var (line, peak) = Run(start);
        return Form().Match(line) is { Success: true } match
            ? new(Number(match.Groups["seconds"]), peak, new FileInfo(Theirs).Length, Number(match.Groups["square"]))
            : throw new PipelineException($"The peer was to print seconds=… mean_square=…, but printed '{line}'.");
    }

    // Either engine prints a line when it is done, and ends when its input does.
    private static (string Line, long PeakBytes) Run(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            // Before it has more than one thread: those that it starts are bound with it.
            var cores = process.ProcessorAffinity;
            process.ProcessorAffinity = cores & -cores;
        }
        var line = process.StandardOutput.ReadLine();
        process.Refresh();
        var peak = line is null ? 0 : process.PeakWorkingSet64;
        process.StandardInput.Close();
        process.WaitForExit();
        return line is not null && process.ExitCode == 0
            ? (line, peak)
            : throw new PipelineException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed.");
    }

    private double MeanSquare()
    {
        using var data = PreparedData.Open(Ours);
        var (row, label, sum) = (new float[data.Header.Features], new int[1], 0.0);
        for (var i = training; i < data.Header.Rows; i++)
        {
            RowReader.Gather(data, [i], row, label);
            foreach (var value in row)
                sum += (double)value * value;
        }
        return sum / ((double)(data.Header.Rows - training) * row.Length);
    }

    private static Parameters Spec(string chain) =>
        BenchmarkData.Preprocessing(chain, BenchmarkData.DefaultShare, Seed);

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^seconds=(?<seconds>[^ ]+) mean_square=(?<square>[^ ]+)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
