using Pipeline.Tests;

namespace Pipeline.Slurm.Tests.RealCluster;

/// <summary>What goes wrong on a cluster while a grid is trained there.</summary>
public sealed class FaultTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>, IDisposable
{
    // What a test left must not be taken for what the next one does.
    public void Dispose() => cluster.CancelAll();

    private const string Done = "train: 500 run, 0 cached, 0 diverged, 0 failed";

    // What this machine computes.
    private static readonly Lazy<IReadOnlyList<(string Name, string Text)>> Expected = new(() =>
    {
        using var here = GridTests.Workspace();
        here.Run("--target=Report", Longer, $"--results={here.PathOf("longer")}").Succeeded();
        return here.Files("longer/small");
    });

    // Longer than the grid, so that something is left when it goes wrong.
    private const string Longer = "--set=epochs=30";

    [SlurmFact]
    public void A_node_that_is_lost_costs_no_run()
    {
        using var workspace = Prepared();
        using var command = Start(workspace);
        var node = RunningNode(command);

        cluster.KillNode(node);

        // Slurm notices, and begins the task again elsewhere.
        Assert.Equal(Done, command.End().Line("train"));
        RequireSameBytes(workspace);
        cluster.StartNode(node);
    }

    [SlurmFact]
    public void A_controller_that_is_away_for_a_while_is_waited_for()
    {
        using var workspace = Prepared();
        // It may give the numbers of jobs again that it gave just before, which nodes hold against it.
        using var other = new SlurmCluster();
        using var command = Command.Start(workspace, other, "--target=Train", Longer);
        other.RunningTask(command);

        other.KillController();
        other.Wait("a word about it", () => command.Output.Contains("slurm: squeue fails", StringComparison.Ordinal));
        other.RestartController();

        Assert.Equal(Done, command.End().Line("train"));
        Assert.Equal(500, GridTests.Submitted(command.Output));
        RequireSameBytes(workspace);
    }

    [SlurmFact]
    public void Runs_of_a_cancelled_task_are_told_and_not_submitted_again_until_the_command_is_given_again()
    {
        using var workspace = Prepared();
        using var command = Start(workspace);

        cluster.Ask("scancel", cluster.RunningTask(command));

        var ended = command.End();
        Assert.Equal(255, ended.ExitCode);
        Assert.Equal(500, GridTests.Submitted(ended.Output));
        var again = workspace.Run(cluster.Environ, "--target=Train", "--executor=slurm", Longer);
        Assert.EndsWith("0 diverged, 0 failed", again.Line("train"), StringComparison.Ordinal);
        RequireSameBytes(workspace);
    }

    [SlurmFact]
    public void What_a_task_leaves_at_its_time_limit_is_submitted_again_in_halves()
    {
        using var workspace = Prepared();
        // The first of the workers stops in its tracks once it has told something, and tells of which task it is.
        workspace.Write(
            "stuck.sh",
            $$"""
            #!/bin/sh
            mkdir '{{workspace.PathOf("once")}}' 2>/dev/null || exec dotnet "$@"
            dotnet "$@" &
            until ls "${2#--job=}"/attempts | grep -q "^$SLURM_ARRAY_TASK_ID\."; do sleep 0.1; done
            kill -STOP $!
            echo "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" >'{{workspace.PathOf("told")}}'
            mv '{{workspace.PathOf("told")}}' '{{workspace.PathOf("stuck")}}'
            wait
            """
        );
        using var command = Start(workspace, "--slurm-time=30", $"--slurm-dotnet=sh {workspace.PathOf("stuck.sh")}");
        cluster.Wait("a task that is stuck", () => File.Exists(workspace.PathOf("stuck")));
        var task = workspace.Read("stuck").Trim();

        cluster.Ask("scontrol", "update", $"JobId={task}", "EndTime=now");

        var ended = command.End();
        Assert.Contains($"task {task} reached its time limit on node", ended.Output, StringComparison.Ordinal);
        Assert.Contains("in 2 tasks submitted as job", Again(ended.Output), StringComparison.Ordinal);
        Assert.Equal(Done, ended.Line("train"));
        RequireSameBytes(workspace);
    }

    [SlurmFact]
    public void A_task_that_is_begun_again_goes_on_with_what_is_left()
    {
        using var workspace = Prepared();
        using var command = Start(workspace);

        cluster.Ask("scontrol", "requeue", cluster.RunningTask(command));

        var ended = command.End();
        Assert.Equal(Done, ended.Line("train"));
        Assert.Equal(500, GridTests.Submitted(ended.Output));
        RequireSameBytes(workspace);
    }

    [SlurmFact]
    public void What_a_killed_worker_leaves_is_submitted_again()
    {
        using var workspace = Prepared();
        using var command = Start(workspace);
        cluster.RunningTask(command);

        // It runs before it has a process.
        cluster.Wait("its process", () => cluster.TaskProcesses().Count > 0);
        foreach (var id in cluster.TaskProcesses())
            SlurmCluster.Kill(id);

        var ended = command.End();
        Assert.Matches(@"slurm: task [0-9]+_[0-9]+ ended FAILED", ended.Output);
        Assert.Equal(Done, ended.Line("train"));
        RequireSameBytes(workspace);
    }

    // So a kill for memory can look: nothing was done, and all is said to be well.
    [SlurmFact]
    public void A_task_that_ends_with_exit_code_0_and_without_a_word_is_not_believed()
    {
        using var workspace = Prepared();
        workspace.Write(
            "silent.sh",
            $"#!/bin/sh\nmkdir '{workspace.PathOf("once")}' 2>/dev/null && exit 0\nexec dotnet \"$@\"\n"
        );

        var ended = Start(workspace, $"--slurm-dotnet=sh {workspace.PathOf("silent.sh")}").End();

        Assert.Matches(@"slurm: task [0-9]+_[0-9]+ has gone on node[12] without a sign of the worker", ended.Output);
        Assert.Equal(Done, ended.Line("train"));
        RequireSameBytes(workspace);
    }

    [SlurmFact]
    public void A_node_without_dotnet_is_told_with_what_it_said_and_where_it_stands()
    {
        using var workspace = Prepared();

        var ended = Start(workspace, "--slurm-dotnet=nonesuch", "--retries=1").End();

        Assert.Equal(255, ended.ExitCode);
        Assert.Contains("500 of 500 runs failed", ended.Error, StringComparison.Ordinal);
        Assert.Matches(
            @"ended FAILED .*without a sign of the worker: .*nonesuch: not found \(log: .*\.log\), also when it was submitted again",
            ended.Error
        );
    }

    [SlurmFact]
    public void A_folder_that_nodes_do_not_share_is_told()
    {
        using var workspace = Prepared();
        using var apart = new SlurmCluster(hidden: workspace.PathOf("cache"));

        using var command = Command.Start(workspace, apart, "--target=Train", "--retries=0", Longer);

        var ended = command.End();
        Assert.Equal(255, ended.ExitCode);
        Assert.Contains("is the folder on a file system that all nodes share", ended.Error, StringComparison.Ordinal);
    }

    [SlurmFact]
    public void A_grid_of_more_tasks_than_an_array_may_have_is_several_jobs()
    {
        using var workspace = Prepared();
        using var small = new SlurmCluster(hidden: null, "MaxArraySize=4");

        using var command = Command.Start(workspace, small, "--target=Train", "--slurm-pack=1s", Longer);

        var ended = command.End();
        Assert.Equal(Done, ended.Line("train"));
        Assert.Contains("runs in 4 tasks submitted as job", ended.Output, StringComparison.Ordinal);
        RequireSameBytes(workspace);
    }

    private Command Start(Workspace workspace, params string[] arguments) =>
        Command.Start(workspace, cluster, ["--target=Train", Longer, .. arguments]);

    // The grid with its data, so that the job of the runs is the first.
    private static Workspace Prepared()
    {
        var workspace = GridTests.Workspace();
        workspace.Run("--target=Preprocess", Longer).Succeeded();
        return workspace;
    }

    private string RunningNode(Command command)
    {
        var task = cluster.RunningTask(command);
        return cluster.Queue().Single(line => line.StartsWith(task + " ", StringComparison.Ordinal)).Split(' ')[2];
    }

    private static string Again(string output) =>
        output[(output.IndexOf("submitted again", StringComparison.Ordinal) + 1)..];

    // What nodes have stored is what this machine computes.
    private static void RequireSameBytes(Workspace workspace)
    {
        var report = workspace.Run("--target=Report", Longer, $"--results={workspace.PathOf("longer")}");
        Assert.Equal("train: 0 run, 500 cached, 0 diverged, 0 failed", report.Line("train"));
        Assert.Equal(Expected.Value, workspace.Files("longer/small"));
    }
}
