using System.Text.RegularExpressions;

namespace Pipeline.Tests;

/// <summary>Wrong input gets one sentence with a remedy, exit code 255, and leaves nothing half-written.</summary>
public sealed class WrongInputTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("epochs: 3", "epoch: 3", "experiments/small.yaml:10:3: .*'epoch'.*'epochs'")]
    [InlineData("epochs: 3", "epochs: many", "experiments/small.yaml:10:11: .*many")]
    [InlineData("[relu, gelu]", "[rleu, gelu]", "experiments/small.yaml:12:16: .*'rleu'.*'relu'")]
    [InlineData("[relu, gelu]", "[]", "experiments/small.yaml:12:.*activation")]
    [InlineData("[relu, gelu]", "[ReLU, gelu]", "experiments/small.yaml:12:16: .*'ReLU'.*'relu'")]
    [InlineData("dataset: digits", "dataset: digit", "experiments/small.yaml:4:10: .*'digit'.*'digits'")]
    [InlineData(
        "batch_size: 64",
        "batch_size: 5000",
        "experiments/small.yaml:9:3: with the data set digits, batch_size is 5000, .* training rows: choose a smaller one"
    )]
    [InlineData("title: A small grid", "title: [", "experiments/small.yaml:")]
    public void A_wrong_study(string from, string to, string sentence)
    {
        workspace.Edit("experiments/small.yaml", from, to);

        Refused(sentence, "--target=Report");
        Assert.Empty(workspace.Files("results"));
    }

    [Theory]
    [InlineData("no-such-argument.*--only", "--target=Report", "--onyl=activation=relu")]
    [InlineData("There is no study 'smal'; the nearest is 'small'", "--target=Report", "--experiment=smal")]
    [InlineData("jobs=0", "--target=Report", "--jobs=0")]
    [InlineData("jobs=two", "--target=Report", "--jobs=two")]
    [InlineData("--cache-mode=sometimes", "--target=Report", "--cache-mode=sometimes")]
    [InlineData("--so-far writes nothing to results/", "--target=Report", "--so-far", "--results=results/")]
    [InlineData("--so-far belongs to --target=Report alone", "--target=Plan", "--target=Report", "--so-far")]
    [InlineData("--so-far belongs to --target=Report: give", "--target=Plan", "--so-far")]
    [InlineData(
        "--only is about the runs of studies, and --target=clean is not",
        "--target=clean",
        "--only=activation=relu"
    )]
    [InlineData("--experiment is about the runs of studies", "--target=Clean", "--target=Test", "--experiment=small")]
    [InlineData("--device is for runs of the backend torch, and no run here has it", "--target=Plan", "--device=cuda")]
    [InlineData("is no whole study, which results/ holds", "--set=epochs=2", "--results=results")]
    [InlineData("--devices is for runs of the backend torch", "--target=Train", "--devices=0,1")]
    [InlineData("--experiment is about the runs of studies", "--target=Doctor", "--experiment=small")]
    [InlineData("--jobs is about runs at a time on this machine", "--executor=slurm", "--jobs=2")]
    [InlineData("--checkpoint is not possible with --force", "--target=Train", "--force", "--checkpoint=1s")]
    [InlineData("--checkpoint is not possible with a cache that", "--cache-mode=read", "--checkpoint=1s")]
    [InlineData("--fail-on belongs to --target=Diff: give", "--target=Verify", "--fail-on=any")]
    [InlineData("--check belongs to --target=Format and --target=Clean: give", "--target=Report", "--check")]
    [InlineData("--keep belongs to --target=Clean: give", "--keep=1d")]
    [InlineData("--results=~/out is not possible: no shell", "--target=Report", "--results=~/out")]
    [InlineData(
        @"write --set=seeds=\[7\] for this seed, or --set=seeds=7",
        "--target=Plan",
        "--experiment=small",
        "--set=seed=7"
    )]
    [InlineData("--keep-going and --fail-fast", "--target=Report", "--keep-going", "--fail-fast")]
    [InlineData("activation=swish", "--target=Report", "--only=activation=swish")]
    [InlineData("activation=rleu", "--target=Report", "--set=activation=rleu")]
    [InlineData("Show needs --run", "--target=Show")]
    [InlineData("No run 'ffffffffffff'", "--target=Show", "--run=ffffffffffff")]
    [InlineData("--keep=soon", "--target=Clean", "--keep=soon")]
    [InlineData("Rport", "--target=Rport")]
    [InlineData("write --dryrun in lower case", "--target=Report", "--DryRun")]
    [InlineData("write --target in lower case", "--TARGET=Plan")]
    [InlineData("--experiment=, names no study", "--target=Report", "--experiment=,")]
    [InlineData("--data=.* is no folder", "--target=Report", "--data=nowhere")]
    [InlineData("--data=http.* name a folder", "--target=Report", "--data=http://localhost/")]
    [InlineData("are not trained yet: leave --exclusive away", "--target=Report", "--exclusive")]
    [InlineData("study small; name studies with --experiment", "--target=Report", "--only=epochs=3")]
    public void A_wrong_argument(string sentence, params string[] arguments) =>
        Refused(
            sentence.Replace("no-such-argument", "There is no argument --onyl", StringComparison.Ordinal),
            arguments
        );

    [Fact]
    public void A_missing_data_file()
    {
        File.Delete(workspace.PathOf("experiments/data/digits.csv.gz"));

        Refused(
            @"The data set 'digits' is not here \(digits\.csv\.gz\): .*restore it with git checkout",
            "--target=Report"
        );
    }

    [Fact]
    public void A_truncated_data_file()
    {
        var path = workspace.PathOf("experiments/data/digits.csv.gz");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);

        Refused(@"digits\.csv\.gz", "--target=Report");
        Assert.Empty(workspace.Files("results"));
    }

    [Fact]
    public void A_data_file_that_cannot_be_read()
    {
        File.Delete(workspace.PathOf("experiments/data/digits.csv.gz"));
        File.CreateSymbolicLink(workspace.PathOf("experiments/data/digits.csv.gz"), "/proc/self/mem");

        Refused(@"digits\.csv\.gz can't be read .*make it readable", "--target=Report");
    }

    [Fact]
    public void A_folder_whose_page_is_somebody_elses()
    {
        workspace.Write("out/README.md", "precious");

        Refused(
            @"README\.md is no index of results .*--results=<folder>",
            "--target=Report",
            $"--results={workspace.PathOf("out")}"
        );
        Assert.Equal("precious", workspace.Read("out/README.md"));
    }

    [Theory]
    [InlineData("README.md", "precious")]
    [InlineData("runs.csv", "")]
    [InlineData("manifest.json", "{\"name\": \"mine\"}")]
    public void A_studys_folder_that_is_somebody_elses(string file, string content)
    {
        workspace.Write($"out/small/{file}", content);

        Refused(
            @"out/small holds files, but not the manifest of a report: empty it, or .*--results=<folder>",
            "--target=Report",
            $"--results={workspace.PathOf("out")}"
        );
        Assert.Equal([$"small/{file}"], workspace.Files("out").Select(found => found.Name));
        Assert.Equal(content, workspace.Read($"out/small/{file}"));
    }

    [Fact]
    public void What_is_so_far_is_no_study_of_the_default_target_either()
    {
        workspace.Run("--target=Train", "--only=seed=0").Succeeded();

        var output = workspace.Run("--so-far").Succeeded();

        Assert.Contains("train: 0 run, 8 cached", output, StringComparison.Ordinal);
        Assert.Empty(workspace.Files("results"));
    }

    [Fact]
    public void Rows_that_cannot_be_prepared()
    {
        workspace.Edit("experiments/small.yaml", "dataset: digits", "dataset: wine");
        workspace.Edit("experiments/small.yaml", "preprocessing: standardize", "preprocessing: scale(1e38)");

        Refused(
            "experiments/small.yaml:7:3: with the data set wine, feature 1 of a row becomes .*, which float32 can't hold",
            "--target=Report"
        );
    }

    [Fact]
    public void What_an_editor_keeps_beside_a_study_is_none()
    {
        File.CreateSymbolicLink(workspace.PathOf("experiments/.#small.yaml"), "user@host.1");

        Assert.StartsWith("plan: 16 of 16 runs", workspace.Run("--target=Plan").Line("plan"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_error_cannot_be_written_the_exit_code_tells()
    {
        using var shell = System.Diagnostics.Process.Start(
            "bash",
            ["-c", $"'{Environment.ProcessPath}' '{workspace.Host}' --nope > /dev/full 2>&1"]
        );
        shell.WaitForExit();

        Assert.Equal(255, shell.ExitCode);
    }

    [Fact]
    public void One_failing_study_does_not_keep_the_others_from_training()
    {
        workspace.Write("experiments/a.yaml", Workspace.Study);
        workspace.Write(
            "experiments/b.yaml",
            Workspace.Study.Replace("batch_size: 64", "batch_size: 5000", StringComparison.Ordinal)
        );

        // Preprocess would refuse such a batch.
        var outcome = workspace.Run("--target=Train", "--exclusive");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Equal("train: 16 run, 16 cached, 0 diverged, 16 failed", outcome.Line("train"));
        Assert.Contains("Error: 16 of 48 runs failed: run ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("; so did 15 more", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_results_folder_that_cannot_be_written()
    {
        workspace.Write("results", "a file where a folder should be");

        Refused("results.* can't be written .*--results=<folder>", "--target=Report");
        Assert.Equal("a file where a folder should be", workspace.Read("results"));
    }

    [Fact]
    public void A_cache_that_cannot_be_written()
    {
        workspace.Write("cache", "a file where a folder should be");

        Refused("cache can't write in .*--cache", "--target=Report");
    }

    private void Refused(string sentence, params string[] arguments)
    {
        var outcome = workspace.Run(arguments);

        Assert.Equal(255, outcome.ExitCode);
        // Cake names the task first, where one was reached.
        var error = Assert.Single(
            outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => !line.StartsWith("An error occurred when executing task '", StringComparison.Ordinal)
        );
        Assert.StartsWith("Error: ", error, StringComparison.Ordinal);
        Assert.Matches(new Regex(sentence, RegexOptions.None, TimeSpan.FromSeconds(1)), error);
        Assert.DoesNotContain("   at ", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }
}
