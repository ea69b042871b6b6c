using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class ClaimTests
{
    /// <summary>A study of 3 × 2 × 2 cells, up to its claims.</summary>
    private const string Study = """
        title: A study
        dataset: digits
        fixed:
          model: {kind: mlp, width: 64}
          optimizer.kind: sgd
          batch_size: 64
          epochs: 15
          metrics: macro_f1
        scientific:
          activation: [relu, tanh, leaky_relu(0.2)]
          initialization: [zeros, he_normal]
          normalization: [none]
          model.depth: [2, 6]
        nuisance: {learning_rate: [0.01, 0.1]}
        exclude: [{activation: tanh, initialization: zeros}]
        claims:

        """;

    private const string Head = "- {says: A, source: B, basis: theory, ";
    private const string Left =
        "metric: test_accuracy, left: {activation: relu, initialization: zeros, model.depth: 2}, ";

    [Fact]
    public void A_claim_is_read_as_it_stands()
    {
        var claim = Assert.Single(
            Plan(
                """
                - says: Deep networks need a good start
                  source: "Weight-scaled initialization"
                  basis: a pilot on the seeds 100 to 104
                  metric: test_accuracy
                  left: {model: {depth: 6}, initialization: zeros, activation: leaky_relu(2e-1), normalization: none}
                  below: {initialization: he_normal}
                  by: 0.3
                """
            ).Claims
        );

        Assert.Equal(
            (
                "Deep networks need a good start",
                "Weight-scaled initialization",
                "a pilot on the seeds 100 to 104",
                "test_accuracy"
            ),
            (claim.Says, claim.Source, claim.Basis, claim.Metric)
        );
        Assert.Equal(
            """{"activation":"leaky_relu(0.2)","initialization":"zeros","model.depth":6}""",
            claim.Left.Values.ToJson()
        );
        Assert.Equal(
            """{"activation":"leaky_relu(0.2)","initialization":"he_normal","model.depth":6}""",
            claim.Right!.Values.ToJson()
        );
        Assert.Equal((ClaimRelation.Below, 0.3), (claim.Relation, claim.By));
        Assert.Null(claim.Factor);
        Assert.Null(claim.Number);
    }

    [Theory]
    [InlineData("above: 0.9", ClaimRelation.Above, 0.9, null, 0, null)]
    [InlineData("above: 0.9, by: -0.1", ClaimRelation.Above, 0.9, null, -0.1, null)]
    [InlineData("below: 0.5, factor: 10", ClaimRelation.Below, 0.5, null, 0, 10.0)]
    [InlineData("equal: 0", ClaimRelation.Equal, 0.0, null, 0, null)]
    [InlineData("within: [-1, 1.5]", ClaimRelation.Within, -1.0, 1.5, 0, null)]
    public void Numbers_may_stand_on_the_right(
        string text,
        ClaimRelation relation,
        double? number,
        double? high,
        double by,
        double? factor
    )
    {
        var claim = Assert.Single(Plan(Head + Left + text + "}").Claims);

        Assert.Equal(
            (relation, number, high, by, factor),
            (claim.Relation, claim.Number, claim.High, claim.By, claim.Factor)
        );
        Assert.Null(claim.Right);
    }

    [Fact]
    public void The_best_may_be_asked_for_and_each_side_has_its_own()
    {
        var claim = Assert.Single(
            Plan(
                Head
                    + "metric: test_loss, left: {activation: tanh, initialization: best, model.depth: 2}, above: {activation: relu}}"
            ).Claims
        );

        Assert.Equal("""{"activation":"tanh","model.depth":2}""", claim.Left.Values.ToJson());
        Assert.Equal("""{"activation":"relu","model.depth":2}""", claim.Right!.Values.ToJson());
        Assert.Equal(["initialization"], claim.Left.Best);
        Assert.Equal(["initialization"], claim.Right.Best);
    }

    [Theory]
    [InlineData("'epochs_to(train_loss, .5)'", "epochs_to(train_loss,0.5)")]
    [InlineData("'probe(dead_share, first, 0)'", "probe(dead_share,first,0)")]
    [InlineData("'test_macro_f1()'", "test_macro_f1")]
    [InlineData("train_loss", "train_loss")]
    public void A_metric_is_written_in_its_canonical_form(string metric, string canonical)
    {
        var claim = Head + Left.Replace("test_accuracy", metric, StringComparison.Ordinal) + "above: 1}";

        Assert.Equal(canonical, Assert.Single(Plan($"{claim}\nprobes: dead_units\n").Claims).Metric);
    }

    [Theory]
    [InlineData("validation_accuracy")]
    [InlineData("'epochs_to(validation_loss, 0.5)'")]
    [InlineData("'slope(validation_accuracy, model.depth)'")]
    public void What_validation_has_chosen_is_not_claimed_of_validation(string metric)
    {
        var claim = Head + Left.Replace("test_accuracy", metric, StringComparison.Ordinal) + "above: 1}";
        if (metric.Contains("slope", StringComparison.Ordinal))
            claim = claim.Replace(", model.depth: 2", "", StringComparison.Ordinal);
        using var folder = new StudyFolder();
        folder.Write("x.yaml", Study.Replace("[0.01, 0.1]", "[0.01]", StringComparison.Ordinal) + claim);
        Assert.Single(folder.Expand().Claims);

        Assert.EndsWith(
            " has chosen learning_rate, so that it is too good there; claim something of the test split, or choose in a study of other seeds.",
            Refusal(claim)
        );
    }

    [Fact]
    public void Epochs_may_be_compared_as_a_ratio()
    {
        var claim =
            Head
            + Left.Replace("test_accuracy", "'epochs_to(epoch_end_accuracy, 0.75)'", StringComparison.Ordinal)
            + "below: {activation: tanh, initialization: he_normal}, factor: 2}";
        using var folder = new StudyFolder();
        folder.Write(
            "x.yaml",
            Study.Replace("  epochs: 15", "  epochs: 15\n  epoch_end_metrics: true", StringComparison.Ordinal) + claim
        );

        var read = Assert.Single(folder.Expand().Claims);
        Assert.Equal(("epochs_to(epoch_end_accuracy,0.75)", 2.0), (read.Metric, read.Factor));
    }

    [Fact]
    public void Losses_at_the_end_of_an_epoch_are_there_where_the_study_asks_for_them()
    {
        var claim = Head + Left.Replace("test_accuracy", "epoch_end_loss", StringComparison.Ordinal) + "above: 1}";
        using var folder = new StudyFolder();
        folder.Write(
            "x.yaml",
            Study.Replace("  epochs: 15", "  epochs: 15\n  epoch_end_metrics: true", StringComparison.Ordinal) + claim
        );
        Assert.Single(folder.Expand().Claims);

        Assert.Contains("a run has no metric 'epoch_end_loss'", Refusal(claim), StringComparison.Ordinal);
        Assert.EndsWith(
            "the runs don't measure epoch_end_loss; add epoch_end_metrics: true.",
            Refusal(claim.Replace("epoch_end_loss", "'epochs_to(epoch_end_loss, 1)'", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_slope_leaves_its_axis_out()
    {
        var claim = Assert.Single(
            Plan(
                Head
                    + "metric: 'log_slope(test_loss, model.depth)', left: {activation: relu, initialization: zeros}, "
                    + "below: {initialization: he_normal}}"
            ).Claims
        );

        Assert.Equal("log_slope(test_loss,model.depth)", claim.Metric);
        Assert.Equal("""{"activation":"relu","initialization":"zeros"}""", claim.Left.Values.ToJson());
    }

    [Fact]
    public void A_study_without_axes_makes_claims_of_its_only_cell()
    {
        var claim = Assert.Single(
            StudyFolder
                .PlanOf(
                    StudyFolder.Minimal
                        + "claims: [{says: A, source: B, basis: C, metric: test_accuracy, left: {}, above: 0.9}]"
                )
                .Claims
        );

        Assert.Empty(claim.Left.Values.Keys);
        Assert.Empty(StudyFolder.PlanOf(StudyFolder.Minimal).Claims);
    }

    [Theory]
    [InlineData("{a: b}", "16:9: claims expects a list of claims, not a map")]
    [InlineData(
        "- soon",
        "17:3: a claim expects keys and values, which begin with says: and a sentence, not the text 'soon'"
    )]
    [InlineData("- {say: A}", "17:4: a claim has no key 'say'; the nearest is 'says'")]
    [InlineData(
        "- {metric: epochs_to(train_loss,\n  0.5)}",
        "17:12: in 'epochs_to(train_loss' a parenthesis is not closed; close it on the same line, with no quotes or brackets inside"
    )]
    [InlineData(
        "- {says: A}",
        "17:3: the claim gives no source, no basis, no metric, no left, none of below, above, equal, within; add what is missing"
    )]
    [InlineData("- {" + Left + "above: 1}", "17:3: the claim gives no says, no source, no basis; add what is missing")]
    [InlineData("- {says: A, " + Left + "above: 1}", "17:3: the claim gives no source, no basis; add what is missing")]
    [InlineData("- {says: A, source: B, " + Left + "above: 1}", "17:3: the claim gives no basis; add what is missing")]
    [InlineData(
        "- {says: 1, source: B, basis: C, " + Left + "above: 1}",
        "17:10: says expects one line of text, not the number 1"
    )]
    [InlineData(Head + "metric: test_accuracy, above: 1}", "17:3: the claim gives no left; add what is missing")]
    public void A_claim_that_is_none_is_refused(string claims, string message) =>
        Assert.Equal($"x.yaml:{message}.", Refusal(claims));

    [Theory]
    [InlineData(
        "[test_accuracy]",
        "metric expects a number of a run, such as test_accuracy, or its slope or change over an axis, not a list"
    )]
    [InlineData("test_acuracy", "a run has no metric 'test_acuracy'; the nearest is 'test_accuracy'")]
    [InlineData("test_macrof1", "a run has no metric 'test_macrof1'; the nearest is 'test_macro_f1'")]
    [InlineData("'test_macro_f1(3)'", "macro_f1 takes 0 arguments, not 1")]
    [InlineData(
        "'epochs_to(train_los, 1)'",
        "'train_los' in 'epochs_to(train_los, 1)' is no curve, such as train_loss or validation_accuracy"
    )]
    [InlineData(
        "'epochs_to(test_loss, 1)'",
        "a run has no curve 'test_loss'; choose from train_accuracy, train_loss, validation_accuracy, validation_loss"
    )]
    [InlineData(
        "'probe(norm, middle, 0)'",
        "'middle' in 'probe(norm, middle, 0)' is no layer, which is a whole number from 1, first, last, mean, min or max"
    )]
    [InlineData(
        "'probe(dead_share, mean, last)'",
        "'probe(dead_share, mean, last)' is what a probe measures, and the study has none; add probes"
    )]
    [InlineData("'slope(test_loss, model.dept)'", "a run has no parameter 'model.dept'; the nearest is 'model.depth'")]
    [InlineData(
        "'change(test_loss, learning_rate, 1, 2)'",
        "a change is over a scientific axis, which learning_rate is not"
    )]
    [InlineData(
        "'change(test_loss, initialization, zeros, he_norml)'",
        "there is no initializer 'he_norml'; the nearest is 'he_normal'"
    )]
    [InlineData(
        "'change(test_loss, initialization, zeros, zeros)'",
        "'change(test_loss, initialization, zeros, zeros)' names no axis with two different values"
    )]
    [InlineData("'slope(test_loss, learning_rate)'", "a slope is over a scientific axis, which learning_rate is not")]
    [InlineData(
        "'slope(test_loss, initialization)'",
        "a slope is over an axis of two or more numbers, but initialization is zeros, he_normal"
    )]
    [InlineData(
        "'log_log_slope(test_loss, initialization)'",
        "a log_log_slope is over an axis of three or more numbers above 0, but initialization is zeros, he_normal"
    )]
    [InlineData(
        "'log_log_slope(test_loss, learning_rate)'",
        "a slope is over a scientific axis, which learning_rate is not"
    )]
    public void A_metric_that_can_not_be_is_refused(string metric, string message) =>
        Assert.Equal(
            $"x.yaml:17:47: {message}.",
            Refusal(Head + Left.Replace("test_accuracy", metric, StringComparison.Ordinal) + "above: 1}")
        );

    [Fact]
    public void A_metric_that_the_runs_do_not_measure_is_refused()
    {
        var text =
            StudyFolder.Minimal
            + "claims: [{says: A, source: B, basis: C, metric: test_macro_f1, left: {}, above: 0.9}]";

        Assert.Equal(
            "x.yaml:11:49: the runs don't measure macro_f1; add it to metrics.",
            StudyFolder.RefusalOf("title: A\n" + text)
        );
    }

    [Theory]
    [InlineData("relu", "17:68: left expects a cell such as {activation: relu}, not the text 'relu'")]
    [InlineData(
        "{activation: relu}",
        "17:68: left says nothing of initialization; give it a value of that axis, or best"
    )]
    [InlineData("{activatoin: relu}", "17:69: a run has no parameter 'activatoin'; the nearest is 'activation'")]
    [InlineData("{activation: rleu}", "17:81: there is no activation 'rleu'; the nearest is 'relu'")]
    [InlineData("{activation: gelu}", "17:81: activation is never gelu; the nearest is 'relu'")]
    [InlineData(
        "{activation: leaky_relu}",
        "17:81: activation is never leaky_relu; choose from relu, tanh, leaky_relu(0.2)"
    )]
    [InlineData(
        "{activation: [relu]}",
        "17:81: activation expects the name of an activation, with arguments in parentheses where it takes some, not a list"
    )]
    [InlineData("{epochs: 15}", "17:69: epochs is no axis but fixed at 15; leave it out")]
    [InlineData("{learning_rate: 0.1}", "17:69: learning_rate is tuned for each cell on validation data; leave it out")]
    [InlineData("{model: {depth: 2}, model.depth: 2}", "17:88: 'model.depth' stands twice in one cell")]
    [InlineData(
        "{activation: tanh, initialization: zeros, model.depth: 2}",
        "17:68: exclude removes this cell; choose another"
    )]
    public void A_cell_that_can_not_be_is_refused(string cell, string message) =>
        Assert.Equal($"x.yaml:{message}.", Refusal(Head + $"metric: test_accuracy, left: {cell}, above: 1}}"));

    [Fact]
    public void A_slope_over_cells_that_are_excluded_or_over_a_given_axis_is_refused()
    {
        const string Metric = Head + "metric: 'slope(test_loss, model.depth)', left: ";

        Assert.Equal(
            "x.yaml:17:86: exclude removes cells along this axis; choose another.",
            Refusal(Metric + "{activation: tanh, initialization: zeros}, above: 1}")
        );
        Assert.Equal(
            "x.yaml:17:87: the metric is taken over model.depth; leave it out.",
            Refusal(Metric + "{model.depth: 2}, above: 1}")
        );
    }

    [Theory]
    [InlineData("by: 1", "17:3: the claim gives none of below, above, equal, within; add what is missing")]
    [InlineData("above: 1, below: 2", "17:137: a claim has one of below, above, equal, within; delete all but one")]
    [InlineData(
        "above: soon",
        "17:134: above expects a cell such as {activation: relu}, or a number, not the text 'soon'"
    )]
    [InlineData("above: {}", "17:134: above is the same cell as left; give another value of some axis")]
    [InlineData("above: {activation: tanh}", "17:134: exclude removes this cell; choose another")]
    [InlineData("within: 1", "17:135: within expects a lower and an upper bound, such as [0.4, 0.6], not the number 1")]
    [InlineData("within: [2, 1]", "17:135: the lower bound 2 is above the upper bound 1; exchange them")]
    [InlineData("within: [2]", "17:135: within expects a lower and an upper bound, such as [0.4, 0.6], not a list")]
    [InlineData("equal: 1, by: 0.1", "17:137: by belongs to below and above; leave it out")]
    [InlineData("within: [0, 1], factor: 2", "17:143: factor belongs to below and above; leave it out")]
    [InlineData("above: 1, by: 1, factor: 2", "17:144: a claim has by or factor, not both; delete one")]
    [InlineData("above: 1, by: much", "17:141: by expects a number, not the text 'much'")]
    [InlineData("above: 1, factor: 0", "17:145: factor expects a number greater than 0, not the number 0")]
    [InlineData("above: 0, factor: 2", "17:137: a factor compares with a number greater than 0; use by")]
    public void A_relation_that_can_not_be_is_refused(string relation, string message) =>
        Assert.Equal($"x.yaml:{message}.", Refusal(Head + Left + relation + "}"));

    [Fact]
    public void Two_claims_that_say_the_same_are_refused() =>
        Assert.Equal(
            "x.yaml:18:3: the claim of line 17 says the same.",
            Refusal(Head + Left + "above: 1}\n" + Head + Left + "below: 1}")
        );

    [Fact]
    public void Claims_are_inherited_and_survive_the_command_line()
    {
        using var folder = new StudyFolder();
        folder.Write(
            "base.yaml",
            Study[(Study.IndexOf('\n', StringComparison.Ordinal) + 1)..] + Head + Left + "above: 0.5}"
        );
        folder.Write("x.yaml", "title: A study\nextends: base.yaml\n");

        Assert.Equal("A", Assert.Single(folder.Expand().Claims).Says);
        Assert.Equal(
            "A",
            Assert.Single(folder.Expand(overrides: new(["activation=tanh"], ["epochs=1", "seeds=2"])).Claims).Says
        );
    }

    private static Plan Plan(string claims)
    {
        using var folder = new StudyFolder();
        folder.Write("x.yaml", Study + claims);
        return folder.Expand();
    }

    private static string Refusal(string claims) =>
        StudyFolder.RefusalOf((claims[0] == '{' ? Study.TrimEnd() + " " : Study) + claims);
}
