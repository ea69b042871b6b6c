using Pipeline.Executors;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class KnownJobsTests : IDisposable
{
    private readonly Rig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public void A_live_task_is_found_with_the_places_of_the_commands_runs()
    {
        var tasks = rig.Tasks(4);
        rig.Job([tasks[3], tasks[0]], [tasks[1]]);
        rig.Slurm.Plays = task => task.Number == 0 ? "PENDING" : "FAILED";

        var task = Assert.Single(Find(tasks[1..]));

        Assert.Equal(0, task.Number);
        Assert.Equal([2, -1], task.Runs);
    }

    [Fact]
    public void Tasks_with_none_of_the_commands_runs_are_not_waited_for()
    {
        var tasks = rig.Tasks(4);
        rig.Job(tasks[..2]);
        rig.Slurm.Plays = _ => "RUNNING";

        Assert.Empty(Find(tasks[2..]));
    }

    [Fact]
    public void Of_its_own_jobs_a_command_finds_the_tasks_that_ended_too()
    {
        var tasks = rig.Tasks(2);
        var job = rig.Job(tasks);

        Assert.Single(Find(tasks, job.Name));
    }

    [Fact]
    public void A_job_of_which_all_is_stored_is_deleted()
    {
        var job = rig.Job(rig.Tasks(2));

        Find(rig.Tasks(1));

        Assert.False(Directory.Exists(job.Path));
    }

    [Fact]
    public void A_job_that_ended_otherwise_is_kept_for_its_logs()
    {
        var job = rig.Job(rig.Tasks(2));
        rig.Slurm.Plays = _ => "FAILED";

        Find(rig.Tasks(1));

        Assert.True(Directory.Exists(job.Path));
    }

    [Fact]
    public void Logs_are_kept_for_a_week()
    {
        var job = rig.Job(rig.Tasks(2));
        rig.Slurm.Plays = _ => null;
        Directory.SetLastWriteTimeUtc(job.PathOf(JobFolder.Logs), DateTime.UtcNow.AddDays(-8));

        Find(rig.Tasks(1));

        Assert.False(Directory.Exists(job.Path));
    }

    [Fact]
    public void A_live_job_is_kept_however_old_it_is()
    {
        var job = rig.Job(rig.Tasks(2));
        rig.Slurm.Plays = _ => "PENDING";
        Directory.SetLastWriteTimeUtc(job.PathOf(JobFolder.Logs), DateTime.UtcNow.AddDays(-8));

        Find(rig.Tasks(1));

        Assert.True(Directory.Exists(job.Path));
    }

    [Fact]
    public void A_task_that_was_submitted_twice_is_live_while_one_of_both_is()
    {
        var (ended, live) = (Given.Queued("FAILED"), Given.Queued("RUNNING"));

        Assert.Same(live, KnownJobs.Newest([ended, live]));
        Assert.Same(live, KnownJobs.Newest([live, ended]));
        Assert.Null(KnownJobs.Newest([]));
    }

    private IReadOnlyList<WatchedTask> Find(IReadOnlyList<RunTask> tasks, params string[] own) =>
        KnownJobs.Find(
            rig.Cache.Folder,
            tasks,
            own.ToHashSet(StringComparer.Ordinal),
            new SlurmClient(new SlurmOptions(), rig.Told.Add, rig.Slurm.Run),
            CancellationToken.None
        );
}
