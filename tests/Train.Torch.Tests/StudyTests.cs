using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Pipeline.Train.Torch.Tests;

/// <summary>Whole studies by the real command, which builds the worker program when it is first asked for it.</summary>
public sealed partial class StudyTests : IDisposable
{
    // Where the tests run without their sources, PIPELINE_ROOT names the folder that the command takes for the project's.
    private static readonly string Root = Environment.GetEnvironmentVariable("PIPELINE_ROOT") is { Length: > 0 } named
        ? named
        : Metadata("Root");

    private static readonly string Packages =
        Metadata("Torch") == "cpu" ? "TorchSharp 0.107.0 and libtorch-cpu-linux-x64 2.10.0" : "TorchSharp 0.107.0";

    private readonly string folder = Directory.CreateTempSubdirectory("torchstudies-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [TorchFact]
    public void Two_default_studies_have_the_verdicts_of_the_managed_backend()
    {
        string[] studies = ["weight-scale", "zig-zag"];
        var runs = studies.Sum(study => File.ReadLines($"{Root}/results/{study}/runs.csv").Count() - 1);

        var output = Report($"--experiment={string.Join(',', studies)}", "--backend=torch");

        Assert.Contains($"train: {runs} run, 0 cached, 0 diverged, 0 failed", output, StringComparison.Ordinal);
        foreach (var study in studies)
        {
            var (theirs, ours) = (
                Verdicts(Path.Combine(folder, "results", study)),
                Verdicts($"{Root}/results/{study}")
            );
            Assert.NotEmpty(ours);
            Assert.DoesNotContain("none", ours);
            Assert.Equal(ours, theirs);
            Assert.Contains(
                $"Runs of the backend `torch` were computed with {Packages} on {(Libtorch.IsGpu ? "" : "cpu")}",
                File.ReadAllText(Path.Combine(folder, "results", study, "README.md")),
                StringComparison.Ordinal
            );
            Assert.Equal(
                !Libtorch.IsGpu,
                File.ReadAllText(Path.Combine(folder, "results", study, "manifest.json"))
                    .Contains("\"backend:device\": \"cpu\"", StringComparison.Ordinal)
            );
        }
        Assert.Contains(
            $"train: 0 run, {runs} cached, 0 diverged, 0 failed",
            Report($"--experiment={string.Join(',', studies)}", "--backend=torch"),
            StringComparison.Ordinal
        );
    }

    [TorchFact]
    public void As_an_axis_it_shows_both_backends_in_one_table()
    {
        var output = Report("--experiment=backends");

        Assert.Contains("train: 24 run, 0 cached, 0 diverged, 0 failed", output, StringComparison.Ordinal);
        var cells = File.ReadAllLines(Path.Combine(folder, "results", "backends", "cells.csv"));
        var accuracy = cells[0].Split(',').Index().Single(column => column.Item == "test_accuracy").Index;
        var rows = cells.Skip(1).Select(row => row.Split(',')).ToList();
        Assert.Equal(8, rows.Count);
        foreach (var pair in rows.Chunk(2))
        {
            Assert.Equal(["managed", "torch"], pair.Select(row => row[2]));
            double[] values =
            [
                .. pair.Select(row => double.Parse(row[accuracy], System.Globalization.CultureInfo.InvariantCulture)),
            ];
            Assert.All(values, value => Assert.InRange(value, 0.8, 1));
            Assert.InRange(Math.Abs(values[0] - values[1]), 0, 0.03);
        }
    }

    private string Report(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "bash",
            [
                Path.Combine(Root, "build.sh"),
                "--target=Report",
                $"--device={Libtorch.Device}",
                .. arguments,
                $"--cache={folder}/cache",
                $"--results={folder}/results",
            ]
        )
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{error.GetAwaiter().GetResult()}");
        return output;
    }

    private static string Metadata(string key) =>
        typeof(StudyTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == key)
            .Value!;

    private static List<string> Verdicts(string results) =>
        [
            .. File.ReadLines(Path.Combine(results, "claims.csv"))
                .Skip(1)
                .Select(line => Verdict().Match(line))
                .Select(match => match.Success ? match.Groups["verdict"].Value : "none"),
        ];

    [GeneratedRegex(",(?<verdict>holds|refuted|undecided),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Verdict();
}
