using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class SlurmExecutorTests : IDisposable
{
    private readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void Every_run_ends_stored_with_what_it_would_find_here()
    {
        var tasks = rig.Tasks(5);

        var ended = Rig.Run(rig.Executor(), tasks);

        Assert.All(
            ended,
            run =>
            {
                Assert.Equal(new(run.Index, null, null) { IsStoredForThis = true }, run);
                Assert.Equal(Here(run.Index), Stored(tasks[run.Index]));
            }
        );
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void No_runs_need_no_Slurm()
    {
        rig.Executor().Begin([], CancellationToken.None);
        Assert.Empty(rig.Executor().Run([], CancellationToken.None));
        Assert.Empty(rig.Slurm.Asked);
    }

    [Fact]
    public void A_job_is_told_of_with_its_runs_its_tasks_and_its_id()
    {
        Rig.Run(rig.Executor(), rig.Tasks(5));

        Assert.Equal($"slurm: 5 runs in 1 task submitted as job 1 ({rig.Slurm.Tasks[0].Folder.Name})", rig.Told[0]);
    }

    [Fact]
    public void Runs_are_yielded_while_their_task_is_at_others()
    {
        rig.Slurm.Plays = task =>
        {
            if (task.Looks == 1)
                return task.TrainAll();
            task.Train(AttemptState.Running, 1);
            return "RUNNING";
        };

        var ended = rig.Executor().Run(rig.Tasks(3), CancellationToken.None).Select(run => run.Index).ToList();

        Assert.Equal([1, 0, 2], ended);
    }

    [Fact]
    public void The_files_of_a_job_are_deleted_once_all_is_stored()
    {
        Rig.Run(rig.Executor(), rig.Tasks(2));

        Assert.Empty(JobFolder.All(rig.Cache.Folder));
    }

    [Fact]
    public void A_run_that_fails_has_its_error_and_is_not_submitted_again()
    {
        rig.Slurm.Plays = task =>
        {
            task.Store(0, 2);
            task.Tell(
                Given.Attempt(AttemptState.Ended, trained: 2, done: [0, 2], failed: [new(1, "batch_size is 1000 …")])
            );
            return "COMPLETED";
        };

        var ended = Rig.Run(rig.Executor(), rig.Tasks(3));

        Assert.Equal([null, "batch_size is 1000 …", null], ended.Select(run => run.Error?.Message));
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void The_files_of_a_job_are_kept_where_a_run_failed()
    {
        rig.Slurm.Plays = task =>
        {
            task.Tell(Given.Attempt(AttemptState.Ended, failed: [new(0, "It can't.")]));
            return "COMPLETED";
        };

        Rig.Run(rig.Executor(), rig.Tasks(1));

        Assert.True(Directory.Exists(Assert.Single(JobFolder.All(rig.Cache.Folder)).Path));
    }

    [Fact]
    public void What_nodes_refuse_is_given_up_when_it_was_submitted_again()
    {
        rig.Slurm.Plays = task =>
        {
            task.Tell(Given.Attempt(AttemptState.Refused, sentence: "It has no GPU."));
            return "FAILED";
        };

        var ended = Rig.Run(rig.Executor(new() { Retries = 2 }), rig.Tasks(2));

        var log = rig.Slurm.Tasks[^1].Folder.LogOf(0);
        var sentence = $"task 3_0 ended FAILED on node1: It has no GPU. (log: {log}), also when it was submitted again";
        Assert.Equal([sentence, sentence], ended.Select(run => run.Error?.Message));
        Assert.Equal(3, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_one_node_refuses_another_trains()
    {
        rig.Slurm.Plays = task =>
        {
            if (task.Job == 2)
                return task.TrainAll();
            task.Tell(Given.Attempt(AttemptState.Refused, sentence: "It has no GPU."));
            return "FAILED";
        };

        Assert.All(Rig.Run(rig.Executor(), rig.Tasks(2)), run => Assert.True(run.IsStoredForThis));
    }

    [Fact]
    public void What_was_begun_before_is_submitted_once()
    {
        var (executor, tasks) = (rig.Executor(), rig.Tasks(3));

        executor.Begin(tasks, CancellationToken.None);
        var ended = Rig.Run(executor, tasks);

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void Of_its_own_job_a_command_does_not_say_that_it_was_submitted_before()
    {
        var (executor, tasks) = (rig.Executor(), rig.Tasks(3));

        executor.Begin(tasks, CancellationToken.None);
        Rig.Run(executor, tasks);

        Assert.DoesNotContain(rig.Told, line => line.Contains("submitted before", StringComparison.Ordinal));
    }

    [Fact]
    public void What_another_stored_since_it_was_begun_is_not_submitted()
    {
        var (executor, tasks) = (rig.Executor(), rig.Tasks(3));
        executor.Begin(tasks, CancellationToken.None);
        var job = rig.Slurm.Tasks[0];
        job.TrainAll();
        // As another command does that has waited for it too.
        job.Folder.Delete();

        var ended = Rig.Run(executor, tasks);

        Assert.All(ended, run => Assert.Null(run.Error));
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void Runs_that_train_alike_are_trained_once_and_end_each()
    {
        var tasks = rig.Tasks(2);

        var ended = Rig.Run(rig.Executor(), [tasks[0], tasks[1], tasks[0], tasks[0]]);

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(2, Assert.Single(rig.Slurm.Tasks).Pack.Runs.Count);
    }

    [Fact]
    public void A_second_command_waits_for_the_job_of_the_first()
    {
        rig.Slurm.Plays = task => task.Looks < 3 ? "RUNNING" : task.TrainAll();
        var tasks = rig.Tasks(4);
        rig.Executor().Begin(tasks, CancellationToken.None);

        var ended = Rig.Run(rig.Executor(), tasks);

        Assert.All(ended, run => Assert.Equal(new(run.Index, null, null) { IsStoredForThis = false }, run));
        Assert.Equal(1, rig.Slurm.Submissions);
        Assert.Contains("slurm: waiting for 4 runs submitted before: job 1", rig.Told);
    }

    [Fact]
    public void A_second_command_submits_what_the_first_has_not()
    {
        rig.Slurm.Plays = task => task.Looks < 3 ? "RUNNING" : task.TrainAll();
        var tasks = rig.Tasks(4);
        rig.Executor().Begin(tasks[1..3], CancellationToken.None);

        var ended = Rig.Run(rig.Executor(), tasks);

        Assert.Equal([true, false, false, true], ended.Select(run => run.IsStoredForThis));
        Assert.Equal(
            [
                [1, 2],
                [0, 3],
            ],
            rig.Slurm.Tasks.Select(task => task.Pack.Runs.Select(Seed))
        );
    }

    [Fact]
    public void Who_is_cancelled_leaves_jobs_and_says_how_to_come_back()
    {
        using var source = new CancellationTokenSource();
        rig.Slurm.Plays = _ =>
        {
            source.Cancel();
            return "RUNNING";
        };

        Assert.Throws<OperationCanceledException>(() => rig.Executor().Run(rig.Tasks(2), source.Token).ToList());

        var job = Assert.Single(rig.Slurm.Tasks).Folder;
        Assert.DoesNotContain(rig.Slurm.Asked, IsCancel);
        Assert.Equal(
            "slurm: left to Slurm: job 1; the same command waits for them, scancel with a job's number ends it",
            rig.Told[^1]
        );
        Assert.NotEmpty(job.ReadKeys());
    }

    [Fact]
    public void Who_stops_enumerating_cancels_the_jobs()
    {
        rig.Slurm.Plays = task =>
        {
            task.Train(AttemptState.Running, 0);
            return "RUNNING";
        };

        foreach (var run in rig.Executor().Run(rig.Tasks(2), CancellationToken.None))
        {
            Assert.Equal(0, run.Index);
            break;
        }

        Assert.Equal($"scancel --quiet --name={rig.Slurm.Tasks[0].Folder.Name}", rig.Slurm.Asked[^1]);
    }

    [Fact]
    public void The_jobs_of_others_are_not_cancelled()
    {
        rig.Slurm.Plays = task =>
        {
            task.Train(AttemptState.Running, 0);
            return "RUNNING";
        };
        var tasks = rig.Tasks(2);
        rig.Executor().Begin(tasks, CancellationToken.None);

        foreach (var _ in rig.Executor().Run(tasks, CancellationToken.None))
            break;

        Assert.DoesNotContain(rig.Slurm.Asked, IsCancel);
    }

    [Fact]
    public void Forced_runs_are_trained_and_have_results_though_the_cache_has_them()
    {
        var tasks = rig.Tasks(3);
        Array.ForEach(tasks, rig.Store);

        var ended = Rig.Run(rig.Executor(isForced: true), tasks);

        Assert.All(ended, run => Assert.Equal(Here(run.Index), ArtifactEncoding.Encode(run.Result!)));
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_is_forced_is_not_taken_from_the_cache_when_its_task_is_lost()
    {
        var tasks = rig.Tasks(1);
        Array.ForEach(tasks, rig.Store);
        rig.Slurm.Plays = _ => "FAILED";

        var ended = Rig.Run(rig.Executor(new() { Retries = 0 }, isForced: true), tasks);

        Assert.NotNull(Assert.Single(ended).Error);
    }

    [Fact]
    public void What_is_forced_and_begun_before_is_submitted_once()
    {
        var (executor, tasks) = (rig.Executor(isForced: true), rig.Tasks(2));
        Array.ForEach(tasks, rig.Store);

        executor.Begin(tasks, CancellationToken.None);
        var ended = Rig.Run(executor, tasks);

        Assert.All(ended, run => Assert.NotNull(run.Result));
        Assert.Equal(1, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_a_task_of_other_runs_left_is_submitted_again_while_these_are_waited_for()
    {
        var (executor, tasks) = (rig.Executor(), rig.Tasks(4));
        rig.Slurm.Plays = task =>
            task.Job switch
            {
                1 => rig.Slurm.Submissions >= 3 ? task.TrainAll() : "RUNNING",
                2 => "FAILED",
                _ => task.TrainAll(),
            };
        executor.Begin(tasks[..2], CancellationToken.None);
        executor.Begin(tasks[2..], CancellationToken.None);

        var first = Rig.Run(executor, tasks[..2]);
        var second = Rig.Run(executor, tasks[2..]);

        Assert.All(first.Concat(second), run => Assert.True(run.IsStoredForThis));
        Assert.Equal(3, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_the_tasks_are_told_is_in_the_folder_of_the_job()
    {
        var tasks = rig.Tasks(2);

        rig.Executor(new() { Dotnet = "module load dotnet; dotnet" }).Begin(tasks, CancellationToken.None);

        var job = Assert.Single(JobFolder.All(rig.Cache.Folder));
        Assert.Equal(rig.Description(), job.ReadDescription());
        Assert.Equal(
            $"#!/bin/sh\nexec module load dotnet; dotnet '{job.PathOf("program")}/Pipeline.Worker.dll' '--job={job.Path}'\n",
            File.ReadAllText(job.PathOf(JobFolder.Script))
        );
    }

    [Fact]
    public void A_path_with_a_quote_is_one_word_of_the_script() =>
        Assert.Equal("#!/bin/sh\nexec d '/it'\\''s/w.dll' '--job=/j'\n", SlurmSite.Script("d", "/it's/w.dll", "/j"));

    private static bool IsCancel(string command) => command.StartsWith("scancel", StringComparison.Ordinal);

    private static double Seed(PackedRun run) => run.Parameters.GetProperty("seed").GetDouble();

    private byte[] Here(int seed) => ArtifactEncoding.Encode(rig.Clusters.Run(("seed", Scalar.Of((long)seed))));

    private byte[]? Stored(RunTask task) =>
        rig.Cache.TryGet(task.Key.Digest, out var manifest, out _)
            ? rig.Cache.TryRead(manifest.Outputs[DirectoryCache.OnlyOutput].Digest)
            : null;
}
