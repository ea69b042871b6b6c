using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class SlurmStatusTests : IDisposable
{
    private readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Without_jobs_Slurm_is_not_asked()
    {
        var status = Status(rig.Tasks(2));

        Assert.Empty(status.Lines);
        Assert.Equal((0, 0, 0), (status.Running, status.Pending, status.Failed));
        Assert.Empty(rig.Slurm.Asked);
    }

    [Fact]
    public void Tasks_run_or_are_pending_with_the_runs_that_are_not_done()
    {
        var tasks = rig.Tasks(5);
        rig.Job(tasks[..2], tasks[2..]);
        rig.Slurm.Plays = task => task.Number == 0 ? "RUNNING" : "PENDING";

        var status = Status(tasks[1..]);

        Assert.Equal((1, 1, 0), (status.Running, status.Pending, status.Failed));
        Assert.Equal(["slurm: 4 runs in 1 running and 1 pending tasks"], status.Lines);
    }

    [Fact]
    public void The_rate_of_tasks_that_run_tells_how_long_the_rest_takes()
    {
        var tasks = rig.Tasks(8);
        var job = rig.Job(tasks[..2], tasks[2..4], tasks[4..]);
        job.WriteAttempt(0, 0, Given.Attempt(AttemptState.Running, trained: 1, seconds: 1000));
        job.WriteAttempt(1, 0, Given.Attempt(AttemptState.Running, trained: 3, seconds: 2000));
        rig.Slurm.Plays = task => task.Number == 2 ? "PENDING" : "RUNNING";

        Assert.Equal(
            ["slurm: 8 runs in 2 running and 1 pending tasks; 0.0 runs/s, 0:53:20 left at that rate"],
            Status(tasks).Lines
        );
    }

    [Fact]
    public void Jobs_whose_runs_are_done_or_of_other_studies_do_not_count()
    {
        var tasks = rig.Tasks(3);
        rig.Job(tasks[..2]);
        rig.Slurm.Plays = _ => "RUNNING";

        Assert.Empty(Status(tasks[2]).Lines);
    }

    [Fact]
    public void A_task_that_ended_is_neither_running_nor_pending()
    {
        var tasks = rig.Tasks(2);
        rig.Job(tasks[..1], tasks[1..]);
        rig.Slurm.Plays = task => task.Number == 0 ? "FAILED" : null;

        var status = Status(tasks);

        Assert.Equal((0, 0), (status.Running, status.Pending));
        Assert.DoesNotContain(status.Lines, line => line.Contains("running", StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_that_failed_count_once_and_only_while_they_are_not_done()
    {
        var tasks = rig.Tasks(3);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            rig.Job(tasks)
                .WriteAttempt(0, 0, Given.Attempt(AttemptState.Ended, failed: [new(0, "a"), new(1, "b"), new(7, "c")]));
        }
        rig.Slurm.Plays = _ => "COMPLETED";

        Assert.Equal(1, Status(tasks[1..]).Failed);
    }

    [Theory]
    [InlineData("PENDING", "pending")]
    [InlineData("RUNNING", "running")]
    public void A_job_without_runs_prepares_data(string state, string how)
    {
        Preparation();
        rig.Slurm.Plays = _ => state;

        Assert.Equal([$"slurm: job 1, which prepares data, is {how}"], Status(areDataMissing: true).Lines);
        Assert.Empty(Status(areDataMissing: false).Lines);
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData(null)]
    public void A_job_that_was_to_prepare_data_has_ended(string? state)
    {
        var job = Preparation();
        rig.Slurm.Plays = _ => state;

        Assert.Equal(
            [$"slurm: the job that was to prepare data has ended (log: {job.LogOf(0)})"],
            Status(areDataMissing: true).Lines
        );
    }

    [Fact]
    public void A_job_that_was_to_submit_runs_then_and_has_not_is_told_as_long_as_they_are_in_no_task()
    {
        var tasks = rig.Tasks(3);
        var job = Preparation();
        rig.Slurm.Plays = _ => null;

        Assert.Equal(
            [$"slurm: the job that was to prepare data has ended, and 3 runs are in no task (log: {job.LogOf(0)})"],
            Status(tasks).Lines
        );

        rig.Job(tasks[..2], tasks[2..]);
        rig.Slurm.Plays = _ => "PENDING";
        Assert.Equal(["slurm: 3 runs in 0 running and 2 pending tasks"], Status(tasks).Lines);
    }

    [Fact]
    public void Of_jobs_that_prepare_data_the_last_counts()
    {
        foreach (var age in new[] { 2, 1, 3 })
            Directory.SetLastWriteTimeUtc(Preparation().PathOf(JobFolder.Logs), DateTime.UtcNow.AddHours(-age));
        rig.Slurm.Plays = _ => "RUNNING";

        Assert.Equal(["slurm: job 2, which prepares data, is running"], Status(areDataMissing: true).Lines);
    }

    [Fact]
    public void Slurm_is_asked_once_for_all_studies()
    {
        var tasks = rig.Tasks(2);
        rig.Job([tasks[0]]);
        rig.Job([tasks[1]]);
        rig.Slurm.Plays = _ => "RUNNING";
        var status = new SlurmStatus(
            rig.Cache.Folder,
            new SlurmClient(new SlurmOptions(), rig.Told.Add, rig.Slurm.Run)
        );

        Assert.All(
            tasks,
            task => Assert.Equal(1, status.Of(new HashSet<string>([task.Key.Digest]), areDataMissing: false).Running)
        );

        Assert.Single(rig.Slurm.Asked);
    }

    [Fact]
    public void Runs_of_tasks_that_have_ended_are_left()
    {
        var tasks = rig.Tasks(4);
        var job = rig.Job(tasks);
        rig.Slurm.Plays = _ => "FAILED";

        Assert.Equal(
            [
                $"slurm: 3 runs left by tasks that have ended, to be submitted by the same command (log of one: {job.LogOf(0)})",
            ],
            Status(tasks[1..]).Lines
        );
    }

    [Fact]
    public void Runs_that_failed_or_that_another_task_has_are_not_left()
    {
        var tasks = rig.Tasks(2);
        rig.Job(tasks).WriteAttempt(0, 0, Given.Attempt(AttemptState.Ended, failed: [new(1, "It can't.")]));
        rig.Job([tasks[0]]);
        rig.Slurm.Plays = task => task.Job == 1 ? "COMPLETED" : "PENDING";

        var status = Status(tasks);

        Assert.Equal(1, status.Failed);
        Assert.Equal(["slurm: 1 runs in 0 running and 1 pending tasks"], status.Lines);
    }

    [Fact]
    public void Runs_that_failed_do_not_count_while_another_task_has_them()
    {
        var tasks = rig.Tasks(1);
        rig.Job(tasks).WriteAttempt(0, 0, Given.Attempt(AttemptState.Ended, failed: [new(0, "It can't.")]));
        rig.Job(tasks);
        rig.Slurm.Plays = task => task.Job == 1 ? "COMPLETED" : "RUNNING";

        Assert.Equal(0, Status(tasks).Failed);
    }

    [Fact]
    public void Why_tasks_will_not_begin_is_told_with_how_many_they_are()
    {
        var tasks = rig.Tasks(3);
        var job = rig.Job(tasks[..1], tasks[1..2], tasks[2..]);
        rig.Slurm.Instead = _ =>
            FakeSlurm.Answer(
                string.Concat(
                    Enumerable
                        .Range(0, 3)
                        .Select(task => $"7_{task}|PENDING|{(task == 0 ? "Priority" : "JobHeldUser")}||{job.Name}\n")
                )
            );

        Assert.Equal(
            ["slurm: 3 runs in 0 running and 3 pending tasks", "2 of them won't begin by themselves: JobHeldUser"],
            Status(tasks).Lines
        );
    }

    [Fact]
    public void A_controller_that_does_not_answer_is_told_of()
    {
        var tasks = rig.Tasks(1);
        rig.Job(tasks);
        rig.Slurm.Instead = _ => FakeSlurm.Failure("Unable to contact slurm controller");

        Assert.Equal(
            "Slurm's controller doesn't answer: ask again once squeue works.",
            Assert.Throws<PipelineException>(() => Status(tasks)).Message
        );
    }

    [Fact]
    public void Where_all_is_done_Slurm_is_not_asked_for_a_job_that_prepared_data()
    {
        Preparation();
        rig.Slurm.Instead = _ => FakeSlurm.Failure("Unable to contact slurm controller");

        Assert.Empty(Status().Lines);
    }

    private JobFolder Preparation()
    {
        var job = JobFolder.New(rig.Cache.Folder);
        job.WriteScript("script");
        rig.Slurm.Accept(job);
        return job;
    }

    private RunsElsewhere Status(params RunTask[] missing) => Status(areDataMissing: false, missing);

    private RunsElsewhere Status(bool areDataMissing, params RunTask[] missing) =>
        new SlurmStatus(rig.Cache.Folder, new SlurmClient(new SlurmOptions(), rig.Told.Add, rig.Slurm.Run)).Of(
            missing.Select(task => task.Key.Digest).ToHashSet(StringComparer.Ordinal),
            areDataMissing
        );
}
