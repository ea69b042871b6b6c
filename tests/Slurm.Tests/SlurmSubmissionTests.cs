using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class SlurmSubmissionTests : IDisposable
{
    private const string Limit = "AssocMaxSubmitJobLimit";

    private readonly Rig rig = new();
    private readonly RunTask[] tasks;
    private readonly List<WatchedTask> accepted = [];
    private readonly HashSet<string> own = new(StringComparer.Ordinal);

    public SlurmSubmissionTests() => tasks = rig.Tasks(8);

    public void Dispose() => rig.Dispose();

    [Fact]
    public void What_is_accepted_is_one_array_of_a_task_for_each_pack()
    {
        var submission = Submission();

        Assert.Null(Submit(submission, new PackOfRuns([0, 2]), new PackOfRuns([1], Threads: 3)));

        Assert.Equal(
            [
                [0, 2],
                [1],
            ],
            accepted.Select(task => task.Runs)
        );
        Assert.Equal([null, 3], accepted.Select(task => task.Threads));
        Assert.Equal([null, 3], rig.Slurm.Tasks.Select(task => task.Pack.Threads));
        Assert.Equal(rig.Jobs, own.Order(StringComparer.Ordinal));
        Assert.Equal([$"slurm: 3 runs in 2 tasks submitted as job 1 ({rig.Jobs[0]})"], rig.Told);
        Assert.Empty(submission.Backlog);
        Assert.False(submission.IsDue);
    }

    [Fact]
    public void A_job_has_its_own_copy_of_the_program()
    {
        Submit(Submission(), Packs(1));

        Assert.Equal("program", File.ReadAllText(accepted[0].Folder.PathOf("program/Pipeline.Worker.dll")));
    }

    [Fact]
    public void How_many_tasks_a_limit_allows_is_tried()
    {
        rig.Slurm.Instead = command => command == "sbatch" && Sizes()[^1] > 3 ? FakeSlurm.Failure(Limit) : null;

        Assert.Null(Submit(Submission(), Packs(8)));

        Assert.Equal([8, 4, 2, 4, 2, 4, 2, 2], Sizes());
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], accepted.SelectMany(task => task.Runs));
        Assert.Equal(4, rig.Jobs.Count);
    }

    [Fact]
    public void What_a_limit_keeps_back_to_the_last_task_waits()
    {
        rig.Slurm.Instead = command => command == "sbatch" ? FakeSlurm.Failure(Limit) : null;
        var submission = Submission();

        Assert.Equal(Limit, Submit(submission, Packs(5)));

        Assert.Equal([5, 2, 1], Sizes());
        Assert.Equal([0, 1, 2, 3, 4], submission.Backlog);
        Assert.Empty(accepted);
        Assert.Empty(own);
        Assert.Empty(rig.Jobs);
    }

    [Fact]
    public void What_was_kept_back_comes_before_what_is_new()
    {
        rig.Slurm.Instead = command => command == "sbatch" ? FakeSlurm.Failure(Limit) : null;
        var submission = Submission();
        Submit(submission, new PackOfRuns([5]));
        rig.Slurm.Instead = _ => null;

        Assert.Null(Submit(submission, new PackOfRuns([3])));

        Assert.Equal([5, 3], accepted.SelectMany(task => task.Runs));
        Assert.Empty(submission.Backlog);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void What_was_kept_back_is_tried_again_when_a_while_has_passed(int days, bool isDue)
    {
        rig.Slurm.Instead = command => command == "sbatch" ? FakeSlurm.Failure(Limit) : null;
        var submission = Submission(TimeSpan.FromDays(days));
        Assert.False(submission.IsDue);

        Submit(submission, Packs(1));

        Assert.Equal(isDue, submission.IsDue);
    }

    [Fact]
    public void What_others_have_is_no_longer_kept()
    {
        rig.Slurm.Instead = command => command == "sbatch" ? FakeSlurm.Failure(Limit) : null;
        var submission = Submission();
        Submit(submission, new PackOfRuns([0, 1, 2]), new PackOfRuns([3]));

        submission.Drop(run => run is 1 or 3);
        rig.Slurm.Instead = _ => null;
        Submit(submission);

        Assert.Equal([0, 2], Assert.Single(accepted).Runs);
    }

    [Fact]
    public void Where_Slurm_refuses_a_job_nothing_of_it_is_left()
    {
        rig.Slurm.MaxArraySize = 2;
        rig.Slurm.Instead = command =>
            command == "sbatch" && Sizes().Count == 2 ? FakeSlurm.Failure("Access denied") : null;

        var refusal = Assert.Throws<PipelineException>(() => Submit(Submission(), Packs(4)));

        Assert.Equal(SlurmClient.Refused("Access denied").Message, refusal.Message);
        Assert.Equal([0, 1], accepted.SelectMany(task => task.Runs));
        Assert.Equal(own.Order(StringComparer.Ordinal), rig.Jobs);
    }

    [Fact]
    public void Where_nobody_knows_whether_Slurm_has_a_job_its_files_stay()
    {
        rig.Slurm.Instead = _ => FakeSlurm.Failure("Unable to contact slurm controller");

        Assert.Throws<PipelineException>(() => Submit(Submission(), Packs(2)));

        Assert.Equal(2, JobFolder.All(rig.Cache.Folder).Single().ReadKeys().Count);
        Assert.Empty(own);
    }

    [Fact]
    public void A_job_that_can_not_be_written_leaves_nothing()
    {
        SlurmSite site = new(rig.Description(), () => Path.Combine(rig.Cache.Folder, "Missing.dll"));

        Assert.Throws<PipelineException>(() => Submit(Submission(site: site), Packs(1)));

        Assert.Empty(rig.Jobs);
        Assert.Equal(0, rig.Slurm.Submissions);
    }

    private SlurmSubmission Submission(TimeSpan pause = default, SlurmSite? site = null) =>
        new(
            site ?? rig.Site(),
            new(),
            new(new(), rig.Told.Add, rig.Slurm.Run) { Pause = TimeSpan.Zero },
            tasks,
            rig.Told.Add
        )
        {
            Pause = pause,
        };

    private string? Submit(SlurmSubmission submission, params PackOfRuns[] packs) =>
        submission.Submit(packs, accepted, own, CancellationToken.None);

    private static PackOfRuns[] Packs(int count) =>
        [.. Enumerable.Range(0, count).Select(run => new PackOfRuns([run]))];

    // The numbers of tasks of the arrays that were submitted, with success or without.
    private IReadOnlyList<int> Sizes()
    {
        const string Array = "--array=0-";
        return
        [
            .. rig
                .Slurm.Asked.SelectMany(command => command.Split(' '))
                .Where(word => word.StartsWith(Array, StringComparison.Ordinal))
                .Select(word => int.Parse(word[Array.Length..], CultureInfo.InvariantCulture) + 1),
        ];
    }
}
