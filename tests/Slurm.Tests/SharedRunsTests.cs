using Pipeline.Executors;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

/// <summary>What becomes of runs for which two commands wait.</summary>
public sealed class SharedRunsTests : IDisposable
{
    private readonly Rig rig = new();
    private readonly RunTask[] tasks;

    public SharedRunsTests() => tasks = rig.Tasks(3);

    public void Dispose() => rig.Dispose();

    [Fact]
    public void What_one_command_submits_again_the_other_waits_for()
    {
        using var source = new CancellationTokenSource();
        rig.Slurm.Plays = task =>
        {
            if (task.Job == 2)
            {
                source.Cancel();
                return task.Looks < 3 ? "RUNNING" : task.TrainAll();
            }
            // While the first is at its second look the second waits too, sees the task lost, and is interrupted once it has submitted its
            // runs again.
            if (task.Looks == 1)
                Assert.Throws<OperationCanceledException>(() => rig.Executor().Run(tasks, source.Token).ToList());
            return task.Looks < 3 ? "RUNNING" : "FAILED";
        };

        var ended = Rig.Run(rig.Executor(), tasks);

        Assert.All(ended, run => Assert.Equal(new(run.Index, null, null), run));
        Assert.Equal([1, 2], rig.Slurm.Tasks.Select(task => task.Job));
        Assert.Equal(2, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_another_command_trained_meanwhile_is_not_submitted_again()
    {
        rig.Slurm.Plays = task =>
        {
            if (task.Job == 2)
                return task.TrainAll();
            if (task.Looks == 1)
                Rig.Run(rig.Executor(), tasks);
            return task.Looks < 3 ? "RUNNING" : "FAILED";
        };

        var ended = Rig.Run(rig.Executor(), tasks);

        Assert.All(ended, run => Assert.Null(run.Error));
        Assert.Equal(2, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_its_command_cancelled_is_submitted_again_by_the_one_that_waits()
    {
        rig.Slurm.Plays = task =>
            task.Job == 2 ? task.TrainAll()
            : task.Looks < 2 ? "RUNNING"
            : "CANCELLED";
        rig.Executor().Begin(tasks, CancellationToken.None);

        var ended = Rig.Run(rig.Executor(), tasks);

        Assert.All(ended, run => Assert.True(run.IsStoredForThis));
        Assert.Equal(2, rig.Slurm.Submissions);
    }

    [Fact]
    public void What_a_limit_keeps_back_is_left_to_who_submits_it_first()
    {
        SlurmOptions oneRunEach = new() { Pack = TimeSpan.FromSeconds(1) };
        var long2 = rig.LongTasks(2);
        var isOther = false;
        rig.Slurm.Plays = task =>
        {
            if (task is { Job: 1, Looks: 0 })
            {
                isOther = true;
                rig.Executor(oneRunEach).Begin(long2[1..], CancellationToken.None);
                isOther = false;
            }
            return task.Looks < 4 ? "RUNNING" : task.TrainAll();
        };
        // The limit is that of who submits, not of the other.
        rig.Slurm.MaxArraySize = 1;
        rig.Slurm.Instead = command =>
            command == "sbatch" && !isOther && rig.Slurm.Tasks.Any(task => !task.HasEnded)
                ? FakeSlurm.Failure("AssocMaxSubmitJobLimit")
                : null;

        var ended = Rig.Run(rig.Executor(oneRunEach), long2);

        Assert.Equal([true, false], ended.Select(run => run.IsStoredForThis));
        Assert.Equal([1, 2], rig.Slurm.Tasks.Select(task => task.Job));
    }
}
