using System.Diagnostics;
using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Benchmarks;

/// <summary>
/// How time and memory of the command grow with the cells of a study: whole processes, from start to end, one after the other. The runs
/// are the smallest there are, so that what is timed is what a run costs beside its training.
/// </summary>
internal static class Growth
{
    private const string LargestOption = "--largest=";
    private const int Smallest = 100;

    /// <summary>Prints a line for 100 cells, for ten times as many, and so on.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="PipelineException">An argument is wrong, or a command failed.</exception>
    public static int Run(string[] arguments)
    {
        var largest = arguments is [] ? 10_000 : Largest(arguments);
        // It may have to be built first.
        Measure("Plan", "--dryrun");
        for (var cells = Smallest; cells <= largest; cells *= 10)
            Console.WriteLine(Line(cells));
        return 0;
    }

    private static int Largest(string[] arguments) =>
        arguments is [var argument]
        && argument.StartsWith(LargestOption, StringComparison.Ordinal)
        && int.TryParse(
            argument[LargestOption.Length..],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var cells
        )
        && cells is >= Smallest and <= 1_000_000
            ? cells
            : throw new PipelineException(
                $"{string.Join(' ', arguments)} is not possible: give {LargestOption}<cells>, from {Smallest} to 1000000."
            );

    private static string Line(int cells)
    {
        var root = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            var study = Path.Combine(root, "growth.yaml");
            File.WriteAllText(study, Study(cells));
            var (before, after) = (Path.Combine(root, "before"), Path.Combine(root, "after"));
            string[] ofStudy = [$"--experiment={study}", $"--cache={Path.Combine(root, "cache")}"];
            string[] costs =
            [
                Measure("Plan", [.. ofStudy, $"--results={before}"]).Columns("plan"),
                Measure("Train", [.. ofStudy, $"--results={before}"]).Columns("train"),
                Measure("Report", [.. ofStudy, $"--results={before}"]).Columns("report"),
                Measure("Report", [.. ofStudy, $"--results={before}"]).Columns("again"),
            ];
            // Another draw of the data changes the cells.
            Measure("Report", [.. ofStudy, $"--results={after}", $"--set=dataset={DataSet(seed: 1)}"]);
            var diff = Measure("Diff", $"--from={before}", $"--to={after}");
            return $"growth {cells} {string.Join(' ', costs)} {diff.Columns("diff")}";
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Study(int cells)
    {
        var rates = (int)Math.Pow(10, Math.Ceiling(Math.Log10(cells) / 2));
        return $$"""
            title: The runs of the benchmark
            dataset: {{DataSet(seed: 0)}}
            fixed:
              model: {kind: mlp, depth: 1, width: 2}
              activation: relu
              initialization: he_normal
              optimizer: {kind: sgd, momentum: 0}
              batch_size: 32
              epochs: 1
            scientific:
              learning_rate: [{{Values(rates, 0.01)}}]
              optimizer.weight_decay: [{{Values(cells / rates, 1e-6)}}]
            seeds: 1

            """;
    }

    private static string DataSet(int seed) => $"gaussian-blobs(3, 2, 90, 4, 0, 1, {seed})";

    private static string Values(int count, double step) =>
        string.Join(
            ", ",
            Enumerable.Range(1, count).Select(i => CanonicalJson.Number(CanonicalJson.Rounded(i * step, 9)))
        );

    private static Cost Measure(string target, params string[] arguments)
    {
        var (program, all) = Repository.Command([$"--target={target}", .. arguments]);
        var start = new ProcessStartInfo(program, all) { UseShellExecute = false, RedirectStandardOutput = true };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        // The script becomes the command. What the system tells of its memory is gone once it has ended.
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(10)))
            peak = Math.Max(peak, PeakOf(process));
        var seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? new(seconds, peak)
            : throw new PipelineException($"{string.Join(' ', all)} failed:\n{output.Result}");
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has just ended.
            return 0;
        }
    }

    /// <summary>What a command cost.</summary>
    /// <param name="Seconds">From the start of its process to its end.</param>
    /// <param name="PeakBytes">The most memory that it held at a time.</param>
    private sealed record Cost(double Seconds, long PeakBytes)
    {
        /// <summary>Both, as columns of a line.</summary>
        public string Columns(string name) =>
            string.Create(CultureInfo.InvariantCulture, $"{name}_s={Seconds:0.00} {name}_mb={PeakBytes / 1e6:0}");
    }
}
