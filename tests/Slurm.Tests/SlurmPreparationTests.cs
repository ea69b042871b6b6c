using Pipeline.Artifacts;
using Pipeline.Executors.Slurm;

namespace Pipeline.Slurm.Tests;

public sealed class SlurmPreparationTests : IDisposable
{
    private readonly Rig rig = new();
    private bool isPrepared;

    public void Dispose() => rig.Dispose();

    [Fact]
    public void It_waits_until_a_job_has_prepared_the_data()
    {
        rig.Slurm.Plays = task => (isPrepared = task.Looks == 2) ? "COMPLETED" : "RUNNING";

        Assert.False(Run(new()));

        Assert.True(isPrepared);
        Assert.Empty(JobFolder.All(rig.Cache.Folder));
    }

    [Fact]
    public void Data_that_show_late_are_waited_for()
    {
        var asked = 0;
        rig.Slurm.Plays = _ => "COMPLETED";

        Preparation(new(), TimeSpan.FromDays(1)).Run(() => asked++ == 10, CancellationToken.None);

        Assert.Equal(11, asked);
    }

    [Theory]
    [InlineData("FAILED", "ended FAILED")]
    [InlineData("COMPLETED", "has gone")]
    public void A_job_that_ended_without_preparing_them_is_told_of(string state, string how)
    {
        rig.Slurm.Plays = _ => state;

        var failure = Assert.Throws<PipelineException>(() => Run(new()));

        Assert.StartsWith(
            $"The data could not be prepared: task 1_0 {how} on node1",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Who_does_not_wait_leaves_all_that_follows_to_the_job()
    {
        Assert.True(Run(new() { Detach = true }));

        Assert.EndsWith(" prepares the data, then submits the runs", Assert.Single(rig.Told), StringComparison.Ordinal);
        Assert.Single(rig.Slurm.Asked);
    }

    [Fact]
    public void It_is_one_task_without_a_GPU()
    {
        Run(
            new()
            {
                Detach = true,
                Gres = "gpu:1",
                MaxTasks = 3,
                Partition = "main",
            }
        );

        var command = Assert.Single(rig.Slurm.Asked);
        Assert.Contains(" --array=0-0 ", command, StringComparison.Ordinal);
        Assert.Contains(" --partition=main ", command, StringComparison.Ordinal);
        Assert.DoesNotContain("--gres", command, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_cancelled_cancels_the_job()
    {
        using var source = new CancellationTokenSource();
        rig.Slurm.Plays = _ =>
        {
            source.Cancel();
            return "RUNNING";
        };

        Assert.Throws<OperationCanceledException>(() => Preparation(new()).Run(() => false, source.Token));

        Assert.StartsWith("scancel ", rig.Slurm.Asked[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_is_refused_is_told_of_and_leaves_no_files()
    {
        rig.Slurm.Instead = _ => FakeSlurm.Failure("AssocMaxSubmitJobLimit");

        Assert.StartsWith(
            "Slurm refuses the job: AssocMaxSubmitJobLimit.",
            Assert.Throws<PipelineException>(() => Run(new())).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(rig.Jobs);
    }

    [Fact]
    public void The_node_gives_the_command_in_the_folder_where_it_was_given()
    {
        var command = new NodeCommand(
            "/p/Build.dll",
            ["--target=Preprocess", "--only=it's"],
            "/my folder",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["ROOT"] = "/r" }
        );

        Assert.Equal(
            "#!/bin/sh\ncd '/my folder' || exit 1\nexport ROOT='/r'\n"
                + "exec dotnet '/p/Build.dll' '--target=Preprocess' '--only=it'\\''s'\n",
            command.Script("dotnet")
        );
    }

    private bool Run(SlurmOptions options) => Preparation(options).Run(() => isPrepared, CancellationToken.None);

    private SlurmPreparation Preparation(SlurmOptions options, TimeSpan patience = default) =>
        new(
            new("/p/Build.dll", [], "/", new Dictionary<string, string>(StringComparer.Ordinal)),
            options,
            rig.Cache.Folder,
            rig.Told.Add
        )
        {
            Slurm = rig.Slurm.Run,
            Pause = TimeSpan.Zero,
            Patience = patience,
        };
}
