namespace Pipeline.Tests;

public sealed class RunSearchTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void An_id_is_enough_to_find_a_run_of_the_last_commands()
    {
        workspace.Write(
            "elsewhere/mine.yml",
            Workspace.Study.Replace("epochs: 3", "epochs: 1", StringComparison.Ordinal)
        );
        workspace.Run("--target=Report", "--experiment=elsewhere/mine.yml", "--only=activation=relu").Succeeded();
        workspace.Run("--target=Report", "--experiment=small", "--set=epochs=2", "--set=seeds=1").Succeeded();

        foreach (
            var (folder, study, epochs) in ((string, string, string)[])
                [("only-activation=relu", "mine", "1"), ("epochs=2,seeds=1", "small", "2")]
        )
        {
            var id = workspace.Read($"artifacts/results/{folder}/{study}/runs.csv").Split('\n')[1].Split(',')[0];
            var output = workspace.Run("--target=Show", $"--run={id[..8]}").Succeeded();

            Assert.Contains($"run {id} of {study}", output, StringComparison.Ordinal);
            Assert.Contains("outcome: completed", output, StringComparison.Ordinal);
            Assert.Matches($@"\n +epochs +{epochs}\n", output);
        }

        File.Delete(workspace.PathOf("elsewhere/mine.yml"));
        File.AppendAllText(workspace.PathOf("artifacts/recent.json"), "]");
        var lost = workspace.Run("--target=Show", "--run=0123456789ab");
        Assert.Equal(255, lost.ExitCode);
        Assert.Contains(
            "No run '0123456789ab' is part of a study in experiments/ or of the last commands",
            lost.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_study_that_cannot_be_read_hides_no_run_of_another()
    {
        workspace.Run("--target=Report").Succeeded();
        var id = workspace.Read("results/small/runs.csv").Split('\n')[1].Split(',')[0];
        workspace.Write("experiments/broken.yaml", "title: [");

        Assert.Contains(
            $"run {id} of small",
            workspace.Run("--target=Show", $"--run={id}").Succeeded(),
            StringComparison.Ordinal
        );
        foreach (
            var arguments in (string[][])
                [
                    ["--run=ffffffffffff"],
                    [$"--run={id}", "--experiment=broken,small"],
                ]
        )
        {
            var refused = workspace.Run(["--target=Show", .. arguments]);
            Assert.Equal(255, refused.ExitCode);
            Assert.Contains("experiments/broken.yaml:", refused.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_study_may_end_in_yml_and_two_of_one_name_are_refused()
    {
        workspace.Write("experiments/other.yml", Workspace.Study);
        Assert.Contains(
            "plan: 16 of 32 runs to do",
            workspace.Run("--target=Plan").Succeeded(),
            StringComparison.Ordinal
        );

        workspace.Write("experiments/small.yml", Workspace.Study);
        var refused = workspace.Run("--target=Plan");
        Assert.Equal(255, refused.ExitCode);
        Assert.Contains("Two studies have the name small: ", refused.Error, StringComparison.Ordinal);
    }
}
