namespace Pipeline.Expand.Tests;

public sealed class ExtendsTests : IDisposable
{
    private static readonly string Claiming =
        StudyFolder.Minimal.Replace("  activation: relu\n", "", StringComparison.Ordinal)
        + """
            scientific:
              activation: [relu, tanh]
            claims:
              - {says: It learns, source: here, basis: none, metric: test_accuracy, left: {activation: relu}, above: 0.5}

            """;

    private readonly StudyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Maps_are_merged_key_by_key_and_the_extending_file_wins()
    {
        folder.Write("base/a.yaml", "seeds: 5\n" + StudyFolder.Minimal);
        folder.Write("x.yaml", "title: A\nextends: base/a.yaml\nfixed:\n  model: {depth: 2}\n  epochs: 3\n");

        var plan = folder.Expand();

        Assert.Equal(
            (2, 64, 3),
            (plan.Fixed.Integer("model.depth"), plan.Fixed.Integer("model.width"), plan.Fixed.Integer("epochs"))
        );
        Assert.Equal([0, 1, 2, 3, 4], plan.Seeds);
    }

    [Fact]
    public void A_key_moves_to_the_section_where_the_extending_file_has_it()
    {
        folder.Write("base/a.yaml", StudyFolder.Minimal + "nuisance:\n  split.test: [0.1, 0.2]\n");
        folder.Write(
            "x.yaml",
            "title: A\nextends: base/a.yaml\nfixed:\n  split.test: 0.3\nscientific:\n  activation: [relu, tanh]\n"
        );

        var plan = folder.Expand();

        Assert.Empty(plan.Nuisance);
        Assert.Equal("activation", Assert.Single(plan.Scientific).Key);
        Assert.Equal(0.3, plan.Fixed.Number("split.test"));
        Assert.False(plan.Fixed.TryGet("activation", out _));
    }

    [Fact]
    public void An_axis_with_other_values_keeps_its_place_and_one_from_elsewhere_comes_last()
    {
        folder.Write(
            "base/a.yaml",
            StudyFolder.Minimal + "scientific:\n  preprocessing: [none, center]\n  normalization: [none, batch]\n"
        );
        folder.Write(
            "x.yaml",
            "title: A\nextends: base/a.yaml\nscientific:\n  epochs: [1, 2]\n  preprocessing: [none]\n"
        );

        Assert.Equal(["preprocessing", "normalization", "epochs"], folder.Expand().Scientific.Select(axis => axis.Key));
    }

    [Fact]
    public void Lists_and_seeds_are_replaced_as_a_whole()
    {
        folder.Write(
            "base/a.yaml",
            Claiming
                + "seeds: {at_least: 3, at_most: 20, until: decided}\nexclude: [{activation: tanh}]\nplots: [curves(train_loss)]\n"
        );
        folder.Write(
            "x.yaml",
            "title: A\nextends: base/a.yaml\nseeds: [7]\nexclude: []\nplots: [bars(activation)]\nclaims: []\n"
        );

        var plan = folder.Expand();

        Assert.Empty(plan.Claims);
        Assert.Equal([7], plan.Seeds);
        Assert.Equal(2, plan.Trials.Count);
        Assert.Equal("bars(activation)", Assert.Single(plan.Plots!).ToString());
    }

    [Fact]
    public void Claims_are_inherited_and_have_to_fit()
    {
        folder.Write("base/a.yaml", Claiming);
        folder.Write("x.yaml", "title: A\nextends: base/a.yaml\n");
        Assert.Single(folder.Expand().Claims);

        folder.Write("x.yaml", "title: A\nextends: base/a.yaml\nfixed: {activation: relu}\n");
        Assert.EndsWith(
            "activation is no axis but fixed at relu; leave it out.",
            folder.Refusal(),
            StringComparison.Ordinal
        );

        folder.Write("x.yaml", "title: A\nextends: base/a.yaml\nfixed: {activation: relu}\nclaims: []\n");
        Assert.Empty(folder.Expand().Claims);
    }

    [Fact]
    public void A_parameter_of_the_base_can_not_be_taken_away()
    {
        folder.Write("base/a.yaml", StudyFolder.Minimal + "  optimizer.momentum: 0.9\n");
        folder.Write("x.yaml", "title: A\nextends: base/a.yaml\nfixed: {optimizer: {kind: adam}}\n");

        Assert.EndsWith(
            "optimizer.momentum belongs to optimizer.kind: sgd or nesterov, but optimizer.kind is adam here.",
            folder.Refusal(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_may_extend_one_that_extends_another()
    {
        folder.Write("base/b.yaml", "seeds: 2\nquestion: Why?\n");
        folder.Write("base/a.yaml", "seeds: 3\nextends: 'b.yaml'   # quoted\n" + StudyFolder.Minimal);
        folder.Write("x.yaml", "title: A\nextends: base/a.yaml\n");

        var plan = folder.Expand();

        Assert.Equal((3, "Why?"), (plan.RunCount, plan.Question));
    }

    [Theory]
    [InlineData("epohcs: 5", "base/a.yaml:2:3: a run has no parameter 'epohcs'; the nearest is 'epochs'.")]
    [InlineData(
        "epochs: many",
        "base/a.yaml:2:11: epochs expects a whole number from 1 to 100,000, not the text 'many'."
    )]
    public void An_error_in_a_base_names_the_base(string line, string message)
    {
        folder.Write("base/a.yaml", "fixed:\n  " + line + "\n");
        folder.Write("x.yaml", "title: A\nextends: base/a.yaml\n");

        Assert.Equal(message, folder.Refusal());
    }

    [Theory]
    [InlineData("{extends: a.yaml, title: A}\n", 1, 2)]
    [InlineData("\"extends\": a.yaml\n", 1, 1)]
    [InlineData("extends:  &a a.yaml\n", 1, 1)]
    [InlineData("title: 'A\nextends: a.yaml'\n", 2, 1)]
    [InlineData("extends: a.yaml\n  b\n", 1, 1)]
    public void An_extends_that_could_be_overlooked_is_refused(string text, int line, int column)
    {
        folder.Write("a.yaml", StudyFolder.Minimal);
        folder.Write("&a a.yaml", StudyFolder.Minimal);
        folder.Write("a.yaml'", StudyFolder.Minimal);
        folder.Write("x.yaml", text);

        Assert.Equal(
            $"x.yaml:{line}:{column}: extends is written on a line of its own at the beginning of the line, "
                + "such as extends: base/mlp.yaml.",
            folder.Refusal()
        );
    }
}
