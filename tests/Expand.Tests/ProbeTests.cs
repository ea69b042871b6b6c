namespace Pipeline.Expand.Tests;

public sealed class ProbeTests
{
    [Theory]
    [InlineData("layer_gradients", "layer_gradients")]
    [InlineData("saturation + updates", "saturation+updates")]
    [InlineData("saturation+updates", "saturation+updates")]
    [InlineData("[saturation, updates]", "saturation+updates")]
    [InlineData("[saturation]", "saturation")]
    [InlineData("none", "none")]
    public void Probes_stand_at_the_top_of_a_study_or_under_fixed(string value, string canonical)
    {
        var (top, under) = (
            StudyFolder.PlanOf($"probes: {value}\n" + StudyFolder.Minimal),
            StudyFolder.PlanOf(StudyFolder.Minimal + $"  probes: {value}\n")
        );

        Assert.Equal(canonical, top.Fixed.Text("probes"));
        Assert.Equal(top.Fixed.ToJson(), under.Fixed.ToJson());
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("15", "15")]
    [InlineData("1e2", "100")]
    [InlineData("100000", "100000")]
    [InlineData("[0, 5, 1]", "0,1,5")]
    [InlineData("[10, 9, 9, 10]", "9,10")]
    [InlineData("[7]", "7")]
    [InlineData("all", "all")]
    public void Moments_are_written_ascending(string value, string canonical) =>
        Assert.Equal(
            canonical,
            StudyFolder.PlanOf(StudyFolder.Minimal + $"  probe_epochs: {value}\n").Fixed.Text("probe_epochs")
        );

    [Theory]
    [InlineData("-1", 17, "the number -1")]
    [InlineData("1.5", 17, "the number 1.5")]
    [InlineData("100001", 17, "the number 100001")]
    [InlineData("often", 17, "the text 'often'")]
    [InlineData("'0'", 17, "the text '0' (take its quotes away)")]
    [InlineData("true", 17, "true")]
    [InlineData("[]", 17, "an empty list")]
    [InlineData("{0: 1}", 17, "a map")]
    [InlineData("[0, 1, -1]", 24, "the number -1")]
    [InlineData("[0, all]", 21, "the text 'all'")]
    [InlineData("[[0], 1]", 18, "a list")]
    public void A_moment_that_never_comes_is_refused(string value, int column, string found) =>
        Assert.Equal(
            $"x.yaml:3:{column}: probe_epochs expects a whole number of epochs from 0, "
                + $"a list of them such as [0, 1, 15], or all, not {found}.",
            StudyFolder.RefusalOf($"title: A\nfixed:\n  probe_epochs: {value}\n")
        );

    [Theory]
    [InlineData("probes: saturatoin", "x.yaml:2:9: there is no probe 'saturatoin'; the nearest is 'saturation'.")]
    [InlineData("probes: [updates, symetry]", "x.yaml:2:19: there is no probe 'symetry'; the nearest is 'symmetry'.")]
    [InlineData("probes: updates+symetry", "x.yaml:2:9: there is no probe 'symetry'; the nearest is 'symmetry'.")]
    [InlineData("probes: updates+symmetry+updates", "x.yaml:2:9: probes has updates twice; once is enough.")]
    [InlineData(
        "metrics: macro_f1",
        "x.yaml:2:1: 'metrics' is a run's parameter; it stands under fixed, scientific or nuisance."
    )]
    [InlineData("fixed: {metrics: [macro_f1, macro_f1]}", "x.yaml:2:29: metrics has macro_f1 twice; once is enough.")]
    [InlineData("probes: updates(1)", "x.yaml:2:9: updates takes 0 arguments, not 1.")]
    [InlineData("probes: [none, updates]", "x.yaml:2:10: in probes, 'none' stands alone; leave it out of the chain.")]
    [InlineData(
        "probes: 5",
        "x.yaml:2:9: probes expects one probe, or several of them joined by '+' or in a list, not the number 5."
    )]
    [InlineData("probe: updates", "x.yaml:2:1: a study has no key 'probe'; the nearest is 'probes'.")]
    [InlineData(
        "probe_epochs: 5",
        "x.yaml:2:1: 'probe_epochs' is a run's parameter; it stands under fixed, scientific or nuisance."
    )]
    [InlineData(
        "probes: updates\nfixed: {probes: updates}",
        "x.yaml:3:9: 'probes' stands twice; it is in line 2 under fixed already."
    )]
    public void A_probe_that_is_misspelt_is_refused(string text, string message) =>
        Assert.Equal(message, StudyFolder.RefusalOf($"title: A\n{text}\n"));

    [Fact]
    public void Moments_may_be_an_axis_of_moments_and_lists_of_them()
    {
        var plan = StudyFolder.PlanOf(StudyFolder.Minimal + "scientific:\n  probe_epochs: [0, [15, 1], all]\n");

        Assert.Equal(["0", "1,15", "all"], plan.Scientific.Single().Values.Select(value => value.ToString()));
    }

    [Fact]
    public void The_command_line_may_say_what_is_measured_and_when()
    {
        var plan = StudyFolder.PlanOf(StudyFolder.Minimal, set: ["probes=saturation+updates", "probe_epochs=[0, 15]"]);

        Assert.Equal(("saturation+updates", "0,15"), (plan.Fixed.Text("probes"), plan.Fixed.Text("probe_epochs")));
    }

    [Theory]
    [InlineData("0", "probe(dead_share,mean,last)", "is of epoch 15, after")]
    [InlineData("[0, 3]", "probe(dead_share,mean,2)", "is of epoch 2, after")]
    [InlineData("all", "first_to_last(weight_gradient_norm,16)", "is of epoch 16, after")]
    public void A_claim_of_an_epoch_after_which_nothing_is_measured_is_refused(
        string moments,
        string metric,
        string sentence
    )
    {
        var study =
            "title: A\nprobes: [dead_units, layer_gradients]\n" + StudyFolder.Minimal + $"  probe_epochs: {moments}\n";
        var claim = $"claims: [{{says: A, source: B, basis: C, metric: '{metric}', left: {{}}, above: 0.9}}]\n";

        Assert.EndsWith(
            $"'{metric}' {sentence} which nothing is measured; add it to probe_epochs.",
            StudyFolder.RefusalOf(study + claim),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_claim_of_what_no_probe_measures_is_refused_with_the_nearest_name() =>
        Assert.EndsWith(
            "the study's probes measure no 'deadshare'; the nearest is 'dead_share'.",
            StudyFolder.RefusalOf(
                "title: A\nprobes: [dead_units, movement]\n"
                    + StudyFolder.Minimal
                    + "claims: [{says: A, source: B, basis: C, metric: 'probe(deadshare,mean,0)', left: {}, above: 0.9}]\n"
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("[0, 3]\n  stop: {metric: validation_loss, patience: 2}", "probe(dead_share,mean,last)")]
    [InlineData("[0, 15]", "probe(dead_share,mean,last)")]
    [InlineData("all", "probe(dead_share,mean,15)")]
    [InlineData("all", "first_to_last(weight_gradient_norm,last)")]
    public void A_claim_may_be_of_any_epoch_after_which_is_measured(string moments, string metric) =>
        Assert.Equal(
            metric,
            Assert
                .Single(
                    StudyFolder
                        .PlanOf(
                            "probes: [dead_units, layer_gradients]\n"
                                + StudyFolder.Minimal
                                + $"  probe_epochs: {moments}\n"
                                + $"claims: [{{says: A, source: B, basis: C, metric: '{metric}', left: {{}}, above: 0.9}}]\n"
                        )
                        .Claims
                )
                .Metric
        );
}
