using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

/// <summary>What becomes of jobs where files or Slurm's commands fail while a command waits for them.</summary>
public sealed class InterruptedLooksTests : IDisposable
{
    private const string Told = "slurm: The disk is away; looking again";

    private readonly Rig rig = new();
    private int looks;

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Files_that_can_not_be_read_for_a_while_cost_no_job()
    {
        Fail(look => look < 5);

        var ended = Rig.Run(rig.Executor(new() { Retries = 0 }), rig.Tasks(2));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(1, rig.Slurm.Submissions);
        Assert.Single(rig.Told, Told);
    }

    [Fact]
    public void Each_time_that_they_can_not_be_read_is_told()
    {
        rig.Slurm.Plays = task => task.Looks < 3 ? "RUNNING" : task.TrainAll();
        Fail(look => look is 1 or 2 or 4);

        Rig.Run(rig.Executor(), rig.Tasks(2));

        Assert.Equal(2, rig.Told.Count(line => line == Told));
    }

    [Fact]
    public void Files_that_can_never_be_read_end_the_command_and_leave_the_job()
    {
        Fail(_ => true);

        Assert.Throws<IOException>(() => Rig.Run(rig.Executor(), rig.Tasks(2)));

        Assert.Single(rig.Told, Told);
        AssertLeft();
    }

    [Fact]
    public void Runs_that_ended_before_a_look_failed_are_yielded_by_the_next()
    {
        var (executor, tasks) = (rig.Executor(), rig.Tasks(2));
        executor.Begin(tasks, CancellationToken.None);
        rig.Slurm.Tasks[0].Train(AttemptState.Running, 0);
        rig.Slurm.Plays = task => task.Looks < 2 ? "RUNNING" : task.TrainAll();
        Fail(look => look == 2);

        var ended = Rig.Run(executor, tasks);

        Assert.All(ended, run => Assert.Null(run.Error));
        Assert.Contains(Told, rig.Told);
    }

    [Fact]
    public void A_job_that_can_not_be_written_is_submitted_by_a_later_look_and_counts_once()
    {
        rig.Slurm.Plays = task => task.Job == 1 ? "FAILED" : task.TrainAll();
        var asked = 0;
        SlurmSite site = new(
            rig.Description(),
            () => asked++ is 1 or 2 ? throw new IOException("The disk is away.") : rig.Site().Program()
        );

        var ended = Rig.Run(
            new(site, new() { Retries = 1 }, rig.Cache, rig.Told.Add) { Slurm = rig.Slurm.Run, Pause = TimeSpan.Zero },
            rig.Tasks(2)
        );

        Assert.All(ended, run => Assert.Null(run.Error));
        Assert.Equal(2, rig.Slurm.Submissions);
    }

    [Fact]
    public void A_command_of_Slurm_that_is_not_there_leaves_the_job()
    {
        rig.Slurm.Instead = command =>
            command == "squeue" ? throw new PipelineException("squeue was not found.") : null;

        Assert.Throws<PipelineException>(() => Rig.Run(rig.Executor(), rig.Tasks(2)));

        AssertLeft();
    }

    [Fact]
    public void Who_is_interrupted_at_a_run_leaves_the_job()
    {
        using var source = new CancellationTokenSource();
        rig.Slurm.Plays = task =>
        {
            task.Train(AttemptState.Running, 0);
            return "RUNNING";
        };

        foreach (var _ in rig.Executor().Run(rig.Tasks(2), source.Token))
        {
            source.Cancel();
            break;
        }

        AssertLeft();
    }

    private void AssertLeft()
    {
        var job = Assert.Single(rig.Slurm.Tasks.Select(task => task.Folder).Distinct());
        Assert.Equal([job.Name], rig.Jobs);
        Assert.StartsWith("slurm: left to Slurm: ", rig.Told[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Slurm.Asked, command => command.StartsWith("scancel", StringComparison.Ordinal));
    }

    // Some looks fail, by their numbers from 1, as those do that read files.
    private void Fail(Func<int, bool> fails) =>
        rig.Slurm.Instead = command =>
            command == "squeue" && fails(++looks) ? throw new IOException("The disk is away.") : null;
}
