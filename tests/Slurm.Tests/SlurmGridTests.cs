using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

/// <summary>What becomes of runs that a cluster doesn't train at once, or not at all.</summary>
public sealed class SlurmGridTests : IDisposable
{
    private static readonly SlurmOptions OneRunEach = new() { Pack = TimeSpan.FromSeconds(1) };

    private readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void A_task_that_says_done_is_believed_once_the_cache_holds_it()
    {
        rig.Slurm.Plays = task =>
        {
            if (task.Job == 2)
                return task.TrainAll();
            task.Tell(Given.Attempt(AttemptState.Ended, done: [0, 1]));
            return "COMPLETED";
        };

        var ended = Rig.Run(rig.Executor(), rig.Tasks(2));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(2, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_the_cache_holds_counts_whatever_its_task_says()
    {
        rig.Slurm.Plays = task =>
        {
            task.Store(0, 1);
            return "FAILED";
        };

        var ended = Rig.Run(rig.Executor(), rig.Tasks(2));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_task_that_completed_without_a_word_is_submitted_again_as_often_as_may_be(int retries)
    {
        rig.Slurm.Plays = _ => "COMPLETED";

        var ended = Rig.Run(rig.Executor(new() { Retries = retries }), rig.Tasks(2));

        Assert.Equal(1 + retries, rig.Slurm.Submissions);
        var log = rig.Slurm.Tasks[^1].Folder.LogOf(0);
        Assert.All(
            ended,
            run =>
                Assert.Equal(
                    $"task {1 + retries}_0 has gone on node1 without a sign of the worker and without a log: "
                        + "is the folder on a file system that all nodes share, and dotnet on each? "
                        + $"(log: {log}){(retries > 0 ? ", also when it was submitted again" : "")}",
                    run.Error?.Message
                )
        );
    }

    [Fact]
    public void The_user_is_told_what_is_submitted_again()
    {
        rig.Slurm.Plays = task => task.Job == 1 ? "NODE_FAIL" : task.TrainAll();

        Rig.Run(rig.Executor(), rig.Tasks(2));

        var log = rig.Slurm.Tasks[0].Folder.LogOf(0);
        Assert.Contains(
            $"slurm: task 1_0 was lost with its node on node1 (log: {log}); 2 runs are submitted again",
            rig.Told
        );
    }

    [Fact]
    public void A_task_that_Slurm_has_forgotten_is_submitted_again()
    {
        rig.Slurm.Plays = task => task.Job == 1 ? null : task.TrainAll();

        var ended = Rig.Run(rig.Executor(), rig.Tasks(2));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(2, rig.Slurm.Submissions);
    }

    [Fact]
    public void A_cancelled_task_fails_its_runs()
    {
        rig.Slurm.Plays = task =>
        {
            task.Train(AttemptState.Stopped, 0);
            return "CANCELLED";
        };

        var ended = Rig.Run(rig.Executor(), rig.Tasks(2));

        Assert.True(ended[0].IsStoredForThis);
        Assert.StartsWith("task 1_0 was cancelled on node1", ended[1].Error?.Message, StringComparison.Ordinal);
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void A_task_that_reached_its_time_limit_is_halved()
    {
        rig.Slurm.Plays = task =>
        {
            if (task.Job == 2)
                return task.TrainAll();
            task.Train(AttemptState.Stopped, 0);
            return "TIMEOUT";
        };

        var ended = Rig.Run(rig.Executor(new() { Retries = 0 }), rig.Tasks(4));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal([4, 2, 1], rig.Slurm.Tasks.Select(task => task.Pack.Runs.Count));
    }

    [Fact]
    public void A_task_that_ran_out_of_memory_has_fewer_threads_the_next_time()
    {
        rig.Slurm.Plays = task =>
        {
            if (task.Job == 2)
                return task.TrainAll();
            task.Tell(Given.Attempt(AttemptState.Running, threads: 4));
            return "OUT_OF_MEMORY";
        };

        Rig.Run(rig.Executor(), rig.Tasks(2));

        Assert.Equal([null, 2], rig.Slurm.Tasks.Select(task => task.Pack.Threads));
    }

    [Fact]
    public void A_queue_that_is_not_told_loses_no_task()
    {
        var asked = 0;
        rig.Slurm.Plays = task => task.Looks == 0 ? "RUNNING" : task.TrainAll();
        rig.Slurm.Instead = command =>
            command == "squeue" && asked++ is > 0 and < 20
                ? FakeSlurm.Failure("Unable to contact slurm controller")
                : null;

        var ended = Rig.Run(rig.Executor(new() { Retries = 0 }), rig.Tasks(2));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(1, rig.Slurm.Submissions);
        Assert.True(asked > 20);
    }

    [Fact]
    public void The_last_word_of_a_task_is_read_though_it_has_the_time_of_the_word_before()
    {
        rig.Slurm.Plays = task =>
        {
            task.Tell(
                task.Looks == 0
                    ? Given.Attempt(AttemptState.Running)
                    : Given.Attempt(AttemptState.Ended, failed: [new(0, "It can't.")])
            );
            File.SetLastWriteTimeUtc(task.Folder.PathOf("attempts/0.0.json"), DateTime.UnixEpoch);
            return task.Looks == 0 ? "RUNNING" : "COMPLETED";
        };

        var ended = Rig.Run(rig.Executor(), rig.Tasks(1));

        Assert.Equal("It can't.", Assert.Single(ended).Error?.Message);
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void More_tasks_than_an_array_may_have_are_several_jobs()
    {
        rig.Slurm.MaxArraySize = 2;

        var ended = Rig.Run(rig.Executor(OneRunEach), rig.LongTasks(5));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal([1, 1, 2, 2, 3], rig.Slurm.Tasks.Select(task => task.Job));
    }

    [Fact]
    public void A_limit_keeps_the_rest_until_tasks_end()
    {
        rig.Slurm.MaxArraySize = 2;
        rig.Slurm.Plays = task => task.Looks < 3 ? "RUNNING" : task.TrainAll();
        rig.Slurm.Instead = command =>
            command == "sbatch" && rig.Slurm.Tasks.Any(task => !task.HasEnded)
                ? FakeSlurm.Failure("sbatch: error: AssocMaxSubmitJobLimit")
                : null;

        var ended = Rig.Run(rig.Executor(OneRunEach), rig.LongTasks(4));

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal([1, 1, 2, 3], rig.Slurm.Tasks.Select(task => task.Job));
        Assert.Contains(
            "slurm: sbatch: error: AssocMaxSubmitJobLimit; 2 runs will be submitted as tasks end",
            rig.Told
        );
        Assert.Empty(JobFolder.All(rig.Cache.Folder));
    }

    [Fact]
    public void A_limit_that_lets_nothing_pass_is_told_of()
    {
        rig.Slurm.Instead = command => command == "sbatch" ? FakeSlurm.Failure("QOSMaxSubmitJobPerUserLimit") : null;

        var refusal = Assert.Throws<PipelineException>(() => Rig.Run(rig.Executor(), rig.Tasks(2)));

        Assert.StartsWith(
            "Slurm accepts no job as a limit of the cluster is reached (QOSMaxSubmitJobPerUserLimit)",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(JobFolder.All(rig.Cache.Folder));
    }

    [Fact]
    public void Who_does_not_wait_is_told_what_was_not_submitted()
    {
        rig.Slurm.MaxArraySize = 2;
        rig.Slurm.Instead = command =>
            command == "sbatch" && rig.Slurm.Tasks.Count > 0 ? FakeSlurm.Failure("AssocMaxSubmitJobLimit") : null;

        var refusal = Assert.Throws<PipelineException>(() =>
            rig.Executor(OneRunEach with { Detach = true }).Begin(rig.LongTasks(4), CancellationToken.None)
        );

        Assert.StartsWith("Slurm has accepted all but 2 runs,", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_Slurm_refuses_a_job_those_accepted_before_are_left()
    {
        rig.Slurm.MaxArraySize = 2;
        rig.Slurm.Instead = command =>
            command == "sbatch" && rig.Slurm.Tasks.Count > 0 ? FakeSlurm.Failure("Access denied.") : null;

        var refusal = Assert.Throws<PipelineException>(() => Rig.Run(rig.Executor(OneRunEach), rig.LongTasks(4)));

        Assert.StartsWith("Slurm refuses the job: Access denied.", refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("slurm: left to Slurm: ", rig.Told[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Slurm.Asked, command => command.StartsWith("scancel", StringComparison.Ordinal));
        Assert.Equal([rig.Slurm.Tasks[0].Folder.Name], rig.Jobs);
    }
}
