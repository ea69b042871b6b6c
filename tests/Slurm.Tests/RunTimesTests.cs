using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class RunTimesTests : IDisposable
{
    private readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Runs_that_differ_in_nothing_that_counts_take_as_long_as_they_have_epochs()
    {
        var seconds = Estimate(
            rig.Task(("epochs", Scalar.Of(3L))),
            rig.Task(("epochs", Scalar.Of(6L)), ("seed", Scalar.Of(9L)), ("learning_rate", Scalar.Of(0.1)))
        );

        Assert.True(seconds[0] > 0);
        Assert.Equal(2 * seconds[0], seconds[1], tolerance: 1e-9);
    }

    [Fact]
    public void A_run_that_can_not_be_begun_counts_as_half_a_minute() =>
        Assert.Equal([30.0], Estimate(rig.Task(("batch_size", Scalar.Of(1000L)))));

    [Fact]
    public void Data_that_are_not_here_count_as_half_a_minute() =>
        Assert.Equal([30.0], Estimate(rig.Tasks(1)[0] with { Data = "/nowhere" }));

    [Fact]
    public void Where_another_backend_trains_all_runs_count_as_half_a_minute() =>
        Assert.Equal([30.0, 30.0], Estimate(rig.Tasks(1)[0], rig.Tasks(2)[1] with { Backend = "torch" }));

    [Fact]
    public void Of_many_kinds_the_last_take_as_long_as_the_slowest()
    {
        var seconds = Estimate([
            .. Enumerable.Range(1, 12).Select(width => rig.Task(("model.width", Scalar.Of((long)width)))),
        ]);

        Assert.All(seconds[8..], last => Assert.Equal(seconds[..8].Max(), last));
    }

    [Fact]
    public void It_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => RunTimes.Estimate(rig.Tasks(1), new(canceled: true)));

    private static double[] Estimate(params Executors.RunTask[] tasks) =>
        RunTimes.Estimate(tasks, CancellationToken.None);
}
