using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Networks;

namespace Pipeline.Commands.Tests;

/// <summary>A report of the runs that are done, and the order in which they get done.</summary>
public sealed class SoFarTests : IDisposable
{
    private const string Tuned = """
        nuisance:
          optimizer.weight_decay: [0, 0.01, 0.001]
        claims:
          - {says: A, source: B, basis: C, metric: test_accuracy, left: {activation: relu}, above: {activation: tanh}}

        """;

    private readonly Project project = new(Tuned);

    private string Folder => Path.Combine(project.Root, "artifacts", "results", "spirals");

    public void Dispose() => project.Dispose();

    [Fact]
    public void First_seeds_are_trained_first_and_of_the_tuned_values_the_middle_one()
    {
        var few = new Few(int.MaxValue);

        project.Train(few);

        Assert.Equal(
            [
                "relu 0.001 0",
                "tanh 0.001 0",
                "relu 0 0",
                "tanh 0 0",
                "relu 0.01 0",
                "tanh 0.01 0",
                "relu 0.001 1",
                "tanh 0.001 1",
                "relu 0 1",
                "tanh 0 1",
                "relu 0.01 1",
                "tanh 0.01 1",
            ],
            few.Trained
        );
    }

    [Fact]
    public void Runs_that_are_done_make_a_report_that_says_how_many_they_are()
    {
        Assert.Throws<PipelineException>(() => project.Train(new Few(1)));

        var printed = project.ReportSoFar();

        Assert.Contains("train: spirals: 1 of 12 runs done so far", printed, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.Root, "results")));
        var page = File.ReadAllText(Path.Combine(Folder, "README.md"));
        Assert.StartsWith("# Two activations on two spirals, 1 of 12 runs so far\n", page, StringComparison.Ordinal);
        Assert.Contains(
            "1 of 12 runs so far",
            File.ReadAllText(Path.Combine(project.Root, "artifacts", "report", "index.html")),
            StringComparison.Ordinal
        );
        Assert.Contains("> So far 1 of 12 runs are done.", page, StringComparison.Ordinal);
        Assert.Matches(@"\| `tanh` \| — \| — \| — \| — \|", page);
        Assert.Contains("not all runs of its cells are done", page, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(Path.Combine(Folder, "runs.csv")).Length);
    }

    [Fact]
    public void It_changes_nothing_of_what_is_to_do_and_of_the_whole_report()
    {
        using var other = new Project(Tuned);
        other.Report();
        Assert.Throws<PipelineException>(() => project.Train(new Few(7)));
        var planned = project.Plan();

        project.ReportSoFar();

        Assert.Equal(planned, project.Plan());
        Assert.StartsWith("plan: 5 of 12 runs to do, ", planned, StringComparison.Ordinal);
        Assert.Equal("train: 5 run, 7 cached, 0 diverged, 0 failed", project.Report());
        Assert.All(
            Directory.GetFiles(Path.Combine(other.Root, "results", "spirals")),
            file =>
                Assert.Equal(
                    File.ReadAllBytes(file),
                    File.ReadAllBytes(Path.Combine(project.Root, "results", "spirals", Path.GetFileName(file)))
                )
        );
    }

    [Fact]
    public void Once_all_are_done_it_judges_what_the_whole_report_does()
    {
        project.Report();

        Assert.Contains("12 of 12 runs done so far", project.ReportSoFar(), StringComparison.Ordinal);

        Assert.Equal(
            File.ReadAllText(Path.Combine(project.Root, "results", "spirals", "claims.csv")),
            File.ReadAllText(Path.Combine(Folder, "claims.csv"))
        );
        // The page for a browser is of the last command's reports.
        Assert.Equal("plan: 0 of 12 runs to do, 1 stages to do", project.Plan());
    }

    [Fact]
    public void Without_a_run_there_is_nothing_to_report() =>
        Assert.Equal(
            "No run of spirals is done yet: leave --so-far away, or wait until --target=Train has done some.",
            Assert.Throws<PipelineException>(() => project.ReportSoFar()).Message
        );

    [Fact]
    public void The_folder_of_whole_studies_is_refused() =>
        Assert.StartsWith(
            "--so-far writes nothing to results/",
            Assert.Throws<PipelineException>(() => project.ReportSoFar(Path.Combine(project.Root, "results"))).Message,
            StringComparison.Ordinal
        );

    /// <summary>Trains so many runs, one after another, and is interrupted then.</summary>
    private sealed class Few(int most) : IExecutor
    {
        public List<string> Trained { get; } = [];

        public IEnumerable<EndedRun> Run(
            IReadOnlyList<RunTask> tasks,
            CancellationToken cancellation,
            Action<RunningRun>? progress = null
        )
        {
            foreach (var ended in new LocalExecutor(1, Backend.Managed).Run(tasks, cancellation))
            {
                var run = tasks[ended.Index].Parameters;
                Trained.Add($"{run.Text("activation")} {run["optimizer.weight_decay"]} {run["seed"]}");
                yield return ended;
                if (Trained.Count == most)
                    throw new OperationCanceledException();
            }
        }
    }
}
