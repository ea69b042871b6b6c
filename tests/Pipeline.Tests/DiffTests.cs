namespace Pipeline.Tests;

/// <summary>The results of two commits are compared by the real command; what it finds is tested in <c>Execution.Tests</c>.</summary>
public sealed class DiffTests : IDisposable
{
    private const string Claims = """
        claims:
          - {says: ReLU learns digits, source: a test, basis: theory, metric: test_accuracy, left: {activation: relu, normalization: none}, above: 0.5}

        """;

    private readonly Workspace workspace = new();

    public DiffTests()
    {
        workspace.Write(
            "experiments/small.yaml",
            Workspace.Study.Replace("seeds: 2", "seeds: 5", StringComparison.Ordinal) + Claims
        );
        workspace.Run("--target=Report").Succeeded();
        workspace.Commit("Start");
    }

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void A_comment_and_the_order_of_what_is_fixed_make_no_difference()
    {
        workspace.Edit(
            "experiments/small.yaml",
            "  batch_size: 64\n  epochs: 3\n",
            "  epochs: 3 # three\n  batch_size: 64\n"
        );
        workspace.Run("--target=Report").Succeeded();

        var outcome = workspace.Run("--target=Diff", "--fail-on=any");

        Assert.Contains("the same to the last bit: 40 runs, 4 cells", outcome.Succeeded(), StringComparison.Ordinal);
        Assert.Equal("diff: no difference", outcome.Line("diff"));
    }

    [Fact]
    public void Other_results_are_explained_by_the_commit_that_changed_the_study()
    {
        workspace.Edit("experiments/small.yaml", "learning_rate: [0.03, 0.1]", "learning_rate: [0.00001, 0.00002]");
        workspace.Run("--target=Report").Succeeded();
        workspace.Commit("Hardly any steps");

        var outcome = workspace.Run("--target=Diff", "--from=HEAD~1", "--to=HEAD", "--fail-on=verdict");

        Assert.Equal(255, outcome.ExitCode);
        Assert.Matches(@"\ndiff: 4 cells changed, 4 significant, 1 verdict flipped\n", outcome.Output);
        Assert.Contains("--fail-on=verdict fails", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("holds → **refuted**", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"- the plan of the study: .*\n  - `[0-9a-f]{7}` Hardly any steps\n", outcome.Output);
        Assert.Contains("diff: 4 cells changed", workspace.Read("artifacts/diff.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_compared_gets_a_sentence()
    {
        Refused("'nothing' is neither a folder nor a revision", new Dictionary<string, string>(), "--from=nothing");
        Refused(
            "--fail-on=all is not possible: it is any, significant or verdict",
            new Dictionary<string, string>(),
            "--fail-on=all"
        );
        Refused(
            "git was not found, which reads the results of a revision",
            new Dictionary<string, string> { ["PATH"] = workspace.PathOf("experiments") }
        );
    }

    private void Refused(string sentence, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var outcome = workspace.Run(environment, ["--target=Diff", .. arguments]);

        Assert.Equal(255, outcome.ExitCode);
        Assert.Contains(sentence, outcome.Error, StringComparison.Ordinal);
    }
}
