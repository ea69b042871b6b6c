namespace Pipeline.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void One_command_goes_from_a_study_to_its_report()
    {
        var output = workspace.Run("--target=Report").Succeeded();

        Assert.Contains("train: 16 run, 0 cached, 0 diverged, 0 failed\n", output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "README.md",
                "small/README.md",
                "small/accuracy.svg",
                "small/cells.csv",
                "small/confusion.svg",
                "small/curve-train-loss.svg",
                "small/curve-validation-accuracy.svg",
                "small/manifest.json",
                "small/runs.csv",
                "small/samples-digits.svg",
                "small/tuned-learning-rate.svg",
            ],
            workspace.Files("results").Select(file => file.Name)
        );
        Assert.Equal(
            17,
            workspace.Read("results/small/runs.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
        Assert.Equal(
            5,
            workspace.Read("results/small/cells.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
        Assert.Contains("A small grid", workspace.Read("results/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_the_managed_backend_computes_asks_for_no_other()
    {
        workspace.Edit("experiments/small.yaml", "scientific:\n", "scientific:\n  backend: [managed, torch]\n");

        var output = workspace.Run("--target=Report", "--only=backend=managed").Succeeded();

        Assert.Contains("train: 16 run, 0 cached, 0 diverged, 0 failed\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("torch: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_torch_are_counted_without_its_worker()
    {
        var plan = workspace.Run("--target=Plan", "--backend=torch").Succeeded();

        Assert.Contains("plan: 16 of 16 runs to do", plan, StringComparison.Ordinal);
        Assert.Contains(
            "status: 0 of 16 runs done",
            workspace.Run("--target=Status", "--backend=torch").Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_default_target_is_the_report()
    {
        workspace.Run().Succeeded();

        Assert.Contains("small/README.md", workspace.Files("results").Select(file => file.Name));
    }

    [Fact]
    public void A_second_command_finds_everything_done()
    {
        workspace.Run("--target=Report").Succeeded();
        var before = workspace.Files("results");

        var second = workspace.Run("--target=Report");

        Assert.Contains("report: results/small is up to date\n", second.Succeeded(), StringComparison.Ordinal);
        Assert.Equal("train: 0 run, 16 cached, 0 diverged, 0 failed", second.Line("train"));
        Assert.Equal(before, workspace.Files("results"));
        Assert.Equal("plan: 0 of 16 runs to do, 0 stages to do", workspace.Run("--target=Plan").Line("plan"));
    }

    [Fact]
    public void Results_that_were_edited_or_deleted_are_restored_and_files_of_others_left_alone()
    {
        workspace.Run("--target=Report").Succeeded();
        var before = workspace.Files("results");
        workspace.Write("results/small/notes.txt", "mine");
        workspace.Edit("results/small/cells.csv", "gelu", "gleu");
        File.Delete(workspace.PathOf("results/small/runs.csv"));
        workspace.Write("results/README.md", "");

        Assert.Equal("plan: 0 of 16 runs to do, 1 stages to do", workspace.Run("--target=Plan").Line("plan"));
        workspace.Run("--target=Report").Succeeded();
        workspace.Write("results/README.md", "");
        Assert.Equal("plan: 0 of 16 runs to do, 1 stages to do", workspace.Run("--target=Plan").Line("plan"));
        workspace.Run("--target=Report").Succeeded();

        Assert.Equal("mine", workspace.Read("results/small/notes.txt"));
        File.Delete(workspace.PathOf("results/small/notes.txt"));
        Assert.Equal(before, workspace.Files("results"));
    }

    [Fact]
    public void A_study_edited_within_its_old_time_of_writing_is_noticed()
    {
        workspace.Run("--target=Report").Succeeded();
        var path = workspace.PathOf("experiments/small.yaml");
        var time = File.GetLastWriteTimeUtc(path);
        workspace.Edit("experiments/small.yaml", "epochs: 3", "epochs: 2");
        File.SetLastWriteTimeUtc(path, time);

        Assert.Equal("train: 16 run, 0 cached, 0 diverged, 0 failed", workspace.Run("--target=Report").Line("train"));
    }

    [Fact]
    public void Part_of_a_study_never_touches_the_results_of_the_whole()
    {
        workspace.Run("--target=Report", "--only=activation=relu", "--set=seeds=1").Succeeded();

        Assert.Empty(workspace.Files("results"));
        Assert.Equal(
            5,
            workspace
                .Read("artifacts/results/seeds=1,only-activation=relu/small/runs.csv")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Length
        );
    }

    [Fact]
    public void Each_set_of_overrides_has_results_of_its_own_that_can_be_verified_and_compared()
    {
        workspace.Run("--target=Report", "--set=epochs=1", "--set=seeds=1").Succeeded();
        workspace.Run("--target=Report", "--set=epochs=2", "--set=seeds=1").Succeeded();

        const string One = "artifacts/results/epochs=1,seeds=1";
        const string Two = "artifacts/results/epochs=2,seeds=1";
        Assert.NotEqual(workspace.Read($"{One}/small/runs.csv"), workspace.Read($"{Two}/small/runs.csv"));
        Assert.Contains(
            "--target=Report --experiment=small --set=epochs=1 --set=seeds=1",
            workspace.Read($"{One}/small/README.md"),
            StringComparison.Ordinal
        );
        Assert.Contains("(small/README.md)", workspace.Read($"{One}/README.md"), StringComparison.Ordinal);
        Assert.StartsWith(
            "verify: ",
            workspace.Run("--target=Verify", "--set=epochs=1", "--set=seeds=1").Line("verify"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "no difference",
            workspace.Run("--target=Diff", $"--from={One}", $"--to={Two}").Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_study_from_elsewhere_never_touches_the_results_of_the_projects()
    {
        workspace.Write("elsewhere/small.yaml", Workspace.Study);

        workspace.Run("--target=Report", "--experiment=elsewhere/small.yaml").Succeeded();

        Assert.Empty(workspace.Files("results"));
        Assert.NotEmpty(workspace.Files("artifacts/results/small"));

        // That all of it is done already doesn't lend the one's page to the other.
        workspace.Run("--target=Report").Succeeded();
        Assert.Contains("--experiment=small\n", workspace.Read("results/small/README.md"), StringComparison.Ordinal);
        Assert.Contains(
            "--experiment=<folder>/small.yaml\n",
            workspace.Read("artifacts/results/small/README.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_comma_parts_studies_but_where_it_is_part_of_the_path_of_one()
    {
        workspace.Write("a,b/mine.yaml", Workspace.Study.Replace("epochs: 3", "epochs: 1", StringComparison.Ordinal));

        Assert.Contains(
            "plan: 16 of 16 runs to do",
            workspace.Run("--target=Plan", "--experiment=a,b/mine.yaml").Succeeded(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "plan: 32 of 32 runs to do",
            workspace.Run("--target=Plan", "--experiment=small", "--experiment=a,b/mine.yaml").Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_index_marks_results_that_other_code_data_or_studies_made()
    {
        workspace.Write(
            "experiments/other.yaml",
            Workspace.Study.Replace("default: true", "default: false", StringComparison.Ordinal)
        );
        workspace.Run("--target=Report", "--experiment=other").Succeeded();
        workspace.Run("--target=Report").Succeeded();
        Assert.DoesNotContain("stale", workspace.Read("results/README.md"), StringComparison.Ordinal);

        workspace.Edit("experiments/other.yaml", "epochs: 3", "epochs: 4");
        workspace.Run("--target=Report").Succeeded();

        Assert.Contains("stale", workspace.Read("results/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_prints_spec_key_outcome_and_curves_of_a_run()
    {
        workspace.Run("--target=Report").Succeeded();
        var id = workspace.Read("results/small/runs.csv").Split('\n')[1].Split(',')[0];

        var output = workspace.Run("--target=Show", $"--run={id}").Succeeded();

        foreach (
            var expected in (string[])
                [
                    "learning_rate",
                    "code Pipeline.Numerics",
                    "code activation/relu",
                    "input data",
                    "outcome: completed",
                    "test_accuracy",
                    "validation_loss",
                ]
        )
            Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_diverged_run_is_counted_and_cached_and_reported()
    {
        workspace.Edit("experiments/small.yaml", "learning_rate: [0.03, 0.1]", "learning_rate: [0.03, 1e9]");
        workspace.Edit("experiments/small.yaml", "normalization: [none, batch]", "normalization: [none]");

        var first = workspace.Run("--target=Report");
        Assert.Equal("train: 8 run, 0 cached, 4 diverged, 0 failed", first.Line("train"));
        Assert.Equal(
            4,
            workspace
                .Read("results/small/runs.csv")
                .Split('\n')
                .Count(line => line.Contains(",diverged,", StringComparison.Ordinal))
        );
        Assert.Equal("train: 0 run, 8 cached, 4 diverged, 0 failed", workspace.Run("--target=Train").Line("train"));
    }
}
