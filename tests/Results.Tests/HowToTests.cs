using System.Diagnostics;
using System.Reflection;
using Pipeline.Artifacts;

namespace Pipeline.Results.Tests;

/// <summary>The script of the how-to runs as it stands there, and prints what the tables hold.</summary>
public sealed class HowToTests
{
    private const string Study = "results/activation-initialization-normalization";

    private static readonly string Root = typeof(HowToTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Root")
        .Value!;

    [Theory]
    [InlineData("")]
    [InlineData("true")]
    public void It_prints_the_accuracy_by_normalization_at_the_rates_that_validation_chose(string isCi)
    {
        var output = Run(isCi);
        var printed = output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(
            Accuracies().Select(mean => $"{mean.Name} {mean.Accuracy:F4} {new string('#', (int)(60 * mean.Accuracy))}"),
            printed.Select(fields => string.Join(' ', fields))
        );
        Assert.Contains(
            $"$ dotnet run tests/Results.Tests/HowTo/analysis.cs\n{output}```",
            File.ReadAllText(Path.Combine(Root, "src/Results/README.md")),
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(Root, "tests/Results.Tests/HowTo/packages.lock.json")));
    }

    /// <summary>The same by rows: of all runs that completed at the rate chosen for their cell.</summary>
    private static IEnumerable<(string Name, double Accuracy)> Accuracies()
    {
        var (_, _, _, cells) = CellsFile.Read(File.ReadAllBytes(Path.Combine(Root, Study, ResultFiles.Cells)));
        var chosen = cells.Select(cell => Text([.. cell.Values, .. cell.Chosen])).ToHashSet(StringComparer.Ordinal);
        var (axes, metrics, runs) = RunsFile.Read(File.ReadAllBytes(Path.Combine(Root, Study, ResultFiles.Runs)));
        var (axis, metric) = (axes.ToList().IndexOf("normalization"), metrics.ToList().IndexOf("test_accuracy"));
        return runs.Where(run => run.Outcome == RunOutcome.Completed && chosen.Contains(Text(run.Values)))
            .GroupBy(run => run.Values[axis].ToString(), StringComparer.Ordinal)
            .Select(group => (group.Key, group.Average(run => run.Metrics[metric]!.Value)));

        static string Text(IReadOnlyList<Scalar> values) => string.Join(',', values);
    }

    private static string Run(string isCi)
    {
        var start = new ProcessStartInfo("dotnet", ["run", "tests/Results.Tests/HowTo/analysis.cs"])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["CI"] = isCi;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
