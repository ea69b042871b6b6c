using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Expand.Tests;

/// <summary>A study spelled out is a study with the same runs.</summary>
public sealed class ResolvedStudyTests
{
    private const string Study = """
        title: "A study: of \"quotes\" \\ and more"
        question: |
          Two lines,
          # of which this is one?
        dataset: digits
        probes: [saturation, movement]
        fixed:
          model: {kind: mlp, depth: 6, width: 64}
          optimizer.kind: sgd
          batch_size: 64
          epochs: 15
          probe_epochs: [0, 15]
          preprocessing: [center, "scale_to_range(0, 1)"]
        scientific:
          together:
            - {activation: relu, initialization: he_normal}
            - {activation: tanh, initialization: xavier_normal}
            - {activation: leaky_relu(0.2), initialization: he_normal}
          normalization: [none, batch, layer]
        nuisance:
          learning_rate: {quasi_random: "log(0.001, 1)", points: 5}
        seeds: {at_least: 3, at_most: 20, until: decided}
        exclude:
          - {activation: tanh, normalization: [batch, layer]}
        plots: ["heatmap(activation, normalization)", curves(train_loss)]
        claims:
          - says: "Batch normalization is more accurate: by one point"
            source: A
            basis: B
            explanation: None
            metric: test_accuracy
            left: {activation: relu, normalization: batch}
            above: {normalization: none}
            by: 0.01
          - says: The best one of layer normalization is less than half as lossy
            source: A
            basis: B
            metric: test_loss
            left: {activation: best, initialization: he_normal, normalization: layer}
            below: {activation: tanh, normalization: none}
            factor: 0.5
          - says: Of tanh 1 % to 2 % are saturated
            source: A
            basis: B
            metric: probe(saturated_share, first, last)
            left: {activation: tanh, normalization: none}
            within: [0.01, 0.02]

        """;

    [Fact]
    public void Nothing_is_lost() => AssertSame(Study);

    [Fact]
    public void Neither_is_anything_of_a_study_that_gives_only_what_must_be_given() =>
        AssertSame("title: A study\n" + StudyFolder.Minimal);

    [Fact]
    public void Defaults_are_spelled_out()
    {
        var text = Resolved(Study);

        Assert.Contains("\n  split.test: 0.2\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  backend: managed\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  probe_epochs: [0, 15]\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "epochs=20", 2)]
    [InlineData("", "model.kind=cnn", 3)]
    [InlineData("", "normalization=none,batch", 2)]
    [InlineData("", "optimizer.kind=sgd,adam", 0)]
    [InlineData("", "probe_epochs=[0,3]", 2)]
    [InlineData("", "seeds=4", 3)]
    [InlineData("", "seeds={at_least: 4, at_most: 9, until: decided}", 3)]
    [InlineData("", "seeds={first: 100, at_least: 4, at_most: 9, until: decided}", 3)]
    [InlineData("activation=relu", "", 1)]
    [InlineData("activation=relu,tanh", "", 2)]
    [InlineData("activation=tanh", "", 1)]
    [InlineData("normalization=none", "", 1)]
    [InlineData("normalization=none,batch", "epochs=20", 1)]
    [InlineData("learning_rate=0.0316228", "", 3)]
    [InlineData("seed=1,2", "", 3)]
    public void Overrides_are_a_part_of_it(string only, string set, int claims)
    {
        string[] onlys = only.Length == 0 ? [] : [only];
        string[] sets = set.Length == 0 ? [] : [set];
        using var folder = new StudyFolder();
        folder.Write("x.yaml", Study);
        var expected = folder.Expand(overrides: new(onlys, sets));
        folder.Write("x.yaml", Resolved(Study, onlys, sets));

        var plan = folder.Expand();

        Assert.Equal(expected.Runs().Select(run => run.Spec.ToJson()), plan.Runs().Select(run => run.Spec.ToJson()));
        Assert.Equal(expected.Title, plan.Title);
        Assert.Equal(claims, plan.Claims.Count);
        Assert.False(plan.Partial);
    }

    [Fact]
    public void Where_no_claim_is_left_to_decide_the_seeds_are_those_that_there_are_at_least()
    {
        var study = Study.Replace("seeds: {at_least: 3,", "seeds: {first: 100, at_least: 3,", StringComparison.Ordinal);

        Assert.Contains(
            "\nseeds: [100, 101, 102]\n",
            Resolved(study, ["activation=leaky_relu(0.2)"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Claims_that_no_longer_fit_are_counted() =>
        Assert.Contains(
            "\n# Of 3 claims 1 don't fit what --set changes.\n",
            Resolved(Study, set: ["epochs=20"]),
            StringComparison.Ordinal
        );

    [Fact]
    public void Claims_of_cells_that_are_left_out_are_counted() =>
        Assert.Contains(
            "\n# Of 3 claims 2 are about cells that --only leaves out.\n",
            Resolved(Study, ["activation=relu"]),
            StringComparison.Ordinal
        );

    [Fact]
    public void It_is_resolved_already() => Assert.Equal(Resolved(Study), Resolved(Resolved(Study)));

    private static void AssertSame(string text)
    {
        using var folder = new StudyFolder();
        folder.Write("x.yaml", text);
        var expected = ArtifactEncoding.Encode(folder.Expand());
        folder.Write("x.yaml", Resolved(text));
        Assert.Equal(expected, ArtifactEncoding.Encode(folder.Expand()));
    }

    private static string Resolved(string text, string[]? only = null, string[]? set = null)
    {
        using var folder = new StudyFolder();
        folder.Write("x.yaml", text);
        return Expander.Resolved(folder.Load(), TestVocabulary.Instance, new(only ?? [], set ?? []));
    }
}
