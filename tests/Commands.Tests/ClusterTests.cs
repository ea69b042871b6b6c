using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Networks;

namespace Pipeline.Commands.Tests;

public sealed class ClusterTests : IDisposable
{
    private readonly Project project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Data_are_prepared_there_and_runs_begun_before_they_are_waited_for()
    {
        var executor = new Noting();

        var output = project.ReportThere(executor, new(Prepare, IsDetached: false));

        Assert.Equal(["begin 4", "run 4"], executor.Asked);
        Assert.Contains("train: 4 run, 0 cached, 0 diverged, 0 failed", output, StringComparison.Ordinal);
        Assert.Contains("runs.csv", output, StringComparison.Ordinal);

        bool Prepare(Func<bool> arePrepared, CancellationToken cancellation)
        {
            Assert.False(arePrepared());
            project.Prepare();
            Assert.True(arePrepared());
            return false;
        }
    }

    [Fact]
    public void Prepared_data_need_no_cluster()
    {
        project.Prepare();

        project.ReportThere(new Noting(), new((_, _) => throw new InvalidOperationException(), IsDetached: false));
    }

    [Fact]
    public void Who_does_not_wait_begins_the_runs_and_leaves_the_rest()
    {
        project.Prepare();
        var executor = new Noting();

        var output = project.ReportThere(executor, new((_, _) => false, IsDetached: true));

        Assert.Equal(["begin 4"], executor.Asked);
        Assert.Contains("The runs are left to the cluster", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(project.Root, "results")));
    }

    [Fact]
    public void Who_does_not_wait_gets_a_report_where_all_is_done()
    {
        project.Train(new LocalExecutor(2, Backend.Managed));

        var output = project.ReportThere(new Noting(), new((_, _) => false, IsDetached: true));

        Assert.Contains("train: 0 run, 4 cached, 0 diverged, 0 failed", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(project.Root, "results", "spirals", "runs.csv")));
    }

    [Fact]
    public void What_is_left_to_the_one_who_prepares_is_not_begun_here()
    {
        var executor = new Noting();

        var output = project.ReportThere(executor, new((_, _) => true, IsDetached: true));

        Assert.Empty(executor.Asked);
        Assert.DoesNotContain("train: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_preparation_is_told_as_any_interruption() =>
        Assert.Equal(
            FlowCommand.Interrupted,
            Assert
                .Throws<PipelineException>(() =>
                    project.ReportThere(
                        new Noting(),
                        new((_, _) => throw new OperationCanceledException(), IsDetached: false)
                    )
                )
                .Message
        );

    [Fact]
    public void Status_tells_what_is_done_and_asks_for_the_rest()
    {
        project.Prepare();
        project.Train(new LocalExecutor(1, Backend.Managed), "seeds=1");

        var (output, keys, areDataMissing) = project.Status(new(["slurm: a line"], Running: 1, Pending: 2, Failed: 1));

        Assert.Equal(2, keys);
        Assert.False(areDataMissing);
        Assert.Equal(
            """
            spirals: 2 of 4 runs done, 1 failed when they were tried last
              slurm: a line
            status: 2 of 4 runs done, 1 failed, 1 tasks running, 2 pending

            """.ReplaceLineEndings(),
            output
        );
    }

    [Fact]
    public void Runs_that_studies_share_are_in_one_task()
    {
        var path = Path.Combine(project.Root, "experiments", "spirals.yaml");
        File.Copy(path, path.Replace("spirals", "twin", StringComparison.Ordinal));
        project.Prepare();

        var (output, keys, _) = project.Status(new([], Running: 0, Pending: 1, Failed: 0));

        Assert.Equal(4, keys);
        Assert.EndsWith(
            "status: 0 of 8 runs done, 0 failed, 0 tasks running, 1 pending" + Environment.NewLine,
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Status_tells_of_data_that_are_still_to_be_prepared()
    {
        var (output, keys, areDataMissing) = project.Status(new([], 0, 0, 0));

        Assert.Equal(0, keys);
        Assert.True(areDataMissing);
        Assert.StartsWith("spirals: 0 of 4 runs done, data are still to be prepared", output, StringComparison.Ordinal);
    }

    /// <summary>Trains here, and notes what it is asked for.</summary>
    private sealed class Noting : IExecutor
    {
        public List<string> Asked { get; } = [];

        public void Begin(IReadOnlyList<RunTask> tasks, CancellationToken cancellation) =>
            Asked.Add($"begin {tasks.Count}");

        public IEnumerable<EndedRun> Run(
            IReadOnlyList<RunTask> tasks,
            CancellationToken cancellation,
            Action<RunningRun>? progress = null
        )
        {
            Asked.Add($"run {tasks.Count}");
            return new LocalExecutor(1, Backend.Managed).Run(tasks, cancellation, progress);
        }
    }
}
