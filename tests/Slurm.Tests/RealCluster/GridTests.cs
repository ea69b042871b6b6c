using Pipeline.Tests;

namespace Pipeline.Slurm.Tests.RealCluster;

/// <summary>The real command on a real Slurm.</summary>
public sealed class GridTests(SlurmCluster cluster) : IClassFixture<SlurmCluster>
{
    [SlurmFact]
    public void A_grid_has_the_bytes_that_it_has_on_one_machine()
    {
        using var here = Workspace();
        using var there = Workspace();
        here.Run("--target=Report").Succeeded();

        var ended = there.Run(cluster.Environ, "--target=Report", "--executor=slurm", "--slurm-pack=2s");

        Assert.Contains("prepares the data", ended.Succeeded(), StringComparison.Ordinal);
        Assert.Equal("train: 500 run, 0 cached, 0 diverged, 0 failed", ended.Line("train"));
        Assert.Equal(here.Files("results"), there.Files("results"));
        Assert.Equal(["lock"], there.Files("cache/jobs").Select(file => file.Name));
        Assert.Equal("train: 0 run, 500 cached, 0 diverged, 0 failed", there.Run("--target=Train").Line("train"));
    }

    [SlurmFact]
    public void A_command_that_does_not_wait_leaves_the_runs_to_the_cluster()
    {
        using var workspace = Workspace();

        var detached = workspace.Run(cluster.Environ, "--target=Report", "--executor=slurm", "--detach");

        Assert.Contains("prepares the data, then submits the runs", detached.Succeeded(), StringComparison.Ordinal);
        Assert.Empty(workspace.Files("results"));
        cluster.Wait(
            "all runs",
            () =>
                workspace
                    .Run(cluster.Environ, "--target=Status")
                    .Line("status")
                    .StartsWith("status: 500 of 500 runs done", StringComparison.Ordinal)
        );
        Assert.Equal(
            "train: 0 run, 500 cached, 0 diverged, 0 failed",
            workspace.Run(cluster.Environ, "--target=Report", "--executor=slurm").Line("train")
        );
    }

    [SlurmFact]
    public void Two_commands_at_once_on_one_cache_submit_each_run_once()
    {
        using var one = Workspace();
        using var two = Workspace();
        var cache = $"--cache={one.PathOf("cache")}";
        one.Run(cluster.Environ, "--target=Preprocess").Succeeded();

        using var first = Command.Start(one, cluster, "--target=Report", cache);
        using var second = Command.Start(two, cluster, "--target=Report", cache);
        first.End().Succeeded();
        second.End().Succeeded();

        Assert.Equal(500, Submitted(first.Output) + Submitted(second.Output));
        Assert.Equal(one.Files("results"), two.Files("results"));
    }

    [SlurmFact]
    public void A_command_that_is_killed_and_given_again_waits_for_the_job_that_it_had_submitted()
    {
        using var workspace = Workspace();
        workspace.Run("--target=Preprocess").Succeeded();
        using var killed = Command.Start(workspace, cluster, "--target=Train");
        cluster.Wait("its job", () => killed.Output.Contains("submitted as job", StringComparison.Ordinal));
        killed.Kill();

        var again = workspace.Run(cluster.Environ, "--target=Train", "--executor=slurm");

        Assert.Equal(500, Submitted(killed.Output));
        Assert.Equal(0, Submitted(again.Succeeded()));
        Assert.Equal("train: 0 run, 500 cached, 0 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));
    }

    [SlurmFact]
    public void Who_interrupts_a_command_is_told_how_to_come_back()
    {
        using var workspace = Workspace();
        workspace.Run("--target=Preprocess").Succeeded();
        using var command = Command.Start(workspace, cluster, "--target=Train");
        cluster.Wait("its job", () => command.Output.Contains("submitted as job", StringComparison.Ordinal));

        command.Interrupt();
        var ended = command.End();

        Assert.Equal(130, ended.ExitCode);
        Assert.Contains("slurm: left to Slurm: ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("the same command waits for them", ended.Output, StringComparison.Ordinal);
    }

    [SlurmFact]
    public void A_partition_that_is_not_there_is_told_in_a_sentence_and_nothing_is_left()
    {
        using var workspace = Workspace();
        workspace.Run("--target=Preprocess").Succeeded();

        var refused = workspace.Run(cluster.Environ, "--target=Train", "--executor=slurm", "--slurm-partition=nowhere");

        Assert.Equal(255, refused.ExitCode);
        Assert.Contains(
            "Slurm refuses the job: sbatch: error: invalid partition specified: nowhere",
            refused.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["lock"], workspace.Files("cache/jobs").Select(file => file.Name));
    }

    /// <summary>How many runs a command has submitted.</summary>
    internal static int Submitted(string output) =>
        output
            .Split('\n')
            .Where(line =>
                line.StartsWith("slurm: ", StringComparison.Ordinal)
                && line.Contains(" submitted as job ", StringComparison.Ordinal)
            )
            .Sum(line => int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A project with a grid of 500 runs that take a few milliseconds each.</summary>
    internal static Workspace Workspace()
    {
        const string Study = "experiments/small.yaml";
        var workspace = new Workspace();
        workspace.Edit(Study, "[relu, gelu]", "[relu, gelu, tanh, sigmoid, silu]");
        workspace.Edit(Study, "[he_normal]", "[he_normal, xavier_normal]");
        workspace.Edit(Study, "[0.03, 0.1]", "[0.01, 0.02, 0.05, 0.1, 0.2]");
        workspace.Edit(Study, "seeds: 2", "seeds: 5");
        return workspace;
    }
}
