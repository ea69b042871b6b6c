using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class OverrideTests
{
    private static readonly string Grid =
        StudyFolder.Minimal.Replace("  activation: relu\n", "").Replace("  learning_rate: 0.1\n", "")
        + "scientific:\n  activation: [relu, tanh, leaky_relu(0.2)]\n  preprocessing: [none, 'scale_to_range(0, 1)']\n"
        + "nuisance:\n  learning_rate: [0.1, 0.01]\n";

    [Theory]
    [InlineData(new[] { "activation=relu" }, new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { "activation=relu, leaky_relu(2e-1)" }, new[] { 0, 1, 2, 3, 8, 9, 10, 11 })]
    [InlineData(new[] { "activation=relu,tanh", "learning_rate=1e-2" }, new[] { 1, 3, 5, 7 })]
    [InlineData(new[] { "preprocessing=scale_to_range(0,1)", "activation=tanh" }, new[] { 6, 7 })]
    [InlineData(new[] { "preprocessing=none,scale_to_range(0, 1)", "activation=tanh" }, new[] { 4, 5, 6, 7 })]
    [InlineData(new[] { "activation=relu,tanh", "activation=tanh" }, new[] { 4, 5, 6, 7 })]
    public void Only_keeps_the_trials_that_meet_every_condition_and_their_numbers(string[] only, int[] trials)
    {
        var plan = StudyFolder.PlanOf(Grid, only);

        Assert.Equal(trials, plan.Trials);
        Assert.True(plan.Partial);
        Assert.Equal(3, plan.Scientific[0].Values.Count);
    }

    [Theory]
    [InlineData("activation", "write --only=key=value, such as --only=activation=relu,tanh")]
    [InlineData("activatoin=relu", "a run has no parameter 'activatoin'; the nearest is 'activation'")]
    [InlineData("activation=rleu", "there is no activation 'rleu'; the nearest is 'relu'")]
    [InlineData("activation=gelu", "activation is never gelu; the nearest is 'relu'")]
    [InlineData(
        "activation=",
        "activation expects the name of an activation, with arguments in parentheses where it takes some, not nothing"
    )]
    [InlineData(
        "activation=relu,",
        "activation expects the name of an activation, with arguments in parentheses where it takes some, not nothing"
    )]
    [InlineData("learning_rate=0.011", "learning_rate is never 0.011; the nearest is '0.01'")]
    [InlineData("learning_rate=7", "learning_rate is never 7; choose from 0.1, 0.01")]
    [InlineData("epochs=15", "--only takes axes, and epochs is fixed at 15; use --set=epochs=…")]
    [InlineData("seeds=2", "the study has no seed 2; its only one is 0")]
    [InlineData("seed=x", "a seed expects a whole number from 0 to 2,147,483,647, not the text 'x'")]
    public void A_wrong_condition_is_refused(string only, string sentence) =>
        Assert.Equal($"--only={only}: {sentence}.", StudyFolder.RefusalOf("title: A\n" + Grid, [only]));

    [Theory]
    [InlineData(0xD83D)]
    [InlineData(0x0007)]
    public void An_option_with_an_invisible_character_is_refused(int character)
    {
        var only = $"activation={(char)character}";

        Assert.Equal(
            $"--only={only}: the option holds the invisible character U+{character:X4}; leave it out.",
            StudyFolder.RefusalOf("title: A\n" + Grid, [only])
        );
    }

    [Fact]
    public void Conditions_that_leave_nothing_are_refused_together() =>
        Assert.Equal(
            "--only=activation=relu --only=activation=tanh: no trial of the study meets this.",
            StudyFolder.RefusalOf("title: A\n" + Grid, ["activation=relu", "activation=tanh"])
        );

    [Fact]
    public void Conditions_that_leave_only_excluded_trials_are_refused() =>
        Assert.Equal(
            "--only=activation=relu: no trial of the study meets this.",
            StudyFolder.RefusalOf("title: A\n" + Grid + "exclude: [{activation: relu}]\n", ["activation=relu"])
        );

    [Fact]
    public void Set_changes_what_is_fixed()
    {
        var plan = StudyFolder.PlanOf(Grid, set: ["epochs=5", "normalization=batch", " loss = softmax_cross_entropy "]);

        Assert.Equal((5, "batch"), (plan.Fixed.Integer("epochs"), plan.Fixed.Text("normalization")));
        Assert.True(plan.Partial);
        Assert.Equal(12, plan.Trials.Count);
    }

    [Theory]
    [InlineData("seeds=2", new[] { 0, 1 })]
    [InlineData("seeds=[7]", new[] { 7 })]
    [InlineData("seeds=[7, 3]", new[] { 3, 7 })]
    public void Set_changes_the_seeds(string set, int[] seeds)
    {
        var plan = StudyFolder.PlanOf(Grid + "seeds: 5\n", set: [set]);

        Assert.Equal(seeds, plan.Seeds);
        Assert.True(plan.Partial);
    }

    [Theory]
    [InlineData("seed=3", new[] { 3 })]
    [InlineData("seeds=4, 1", new[] { 1, 4 })]
    public void Only_keeps_seeds(string only, int[] seeds)
    {
        var plan = StudyFolder.PlanOf(Grid + "seeds: 5\n", only: [only]);

        Assert.Equal((true, null), (plan.Partial, plan.AtLeast));
        Assert.Equal(seeds, plan.Seeds);
    }

    [Fact]
    public void Several_values_make_an_axis_of_what_is_fixed()
    {
        var plan = StudyFolder.PlanOf(Grid, set: ["model.depth=2,4", "normalization=none, group(4),batch"]);

        Assert.Equal(
            ["activation", "preprocessing", "model.depth", "normalization"],
            plan.Scientific.Select(axis => axis.Key)
        );
        Assert.Equal(["none", "group(4)", "batch"], plan.Scientific[3].Values.Select(value => value.ToString()));
        Assert.Equal(2 * 3 * 12, plan.Trials.Count);
    }

    [Fact]
    public void An_axis_gets_other_values_and_stays_what_it_is()
    {
        var plan = StudyFolder.PlanOf(Grid, set: ["activation=gelu", "learning_rate=0.3,0.03,0.003"]);

        Assert.Equal(["gelu"], plan.Scientific[0].Values.Select(value => value.ToString()));
        Assert.Equal(["0.3", "0.03", "0.003"], plan.Nuisance.Single().Values.Select(value => value.ToString()));
    }

    [Fact]
    public void Claims_plots_and_exclusions_that_fit_other_axes_stay()
    {
        const string More =
            "exclude: [{activation: tanh, preprocessing: none}]\n"
            + "plots: [\"heatmap(activation, preprocessing)\", \"bars(activation)\"]\nclaims:\n"
            + "  - {says: A, source: B, basis: C, metric: test_accuracy, left: {activation: relu, preprocessing: none}, above: 0}\n"
            + "  - {says: D, source: B, basis: C, metric: test_accuracy, left: {activation: 'leaky_relu(0.2)', preprocessing: none}, above: 0}\n";

        var narrowed = StudyFolder.PlanOf(Grid + More, set: ["activation=relu,tanh,gelu"]);
        var widened = StudyFolder.PlanOf(Grid + More, set: ["model.depth=2,4"]);

        Assert.Equal(["A"], narrowed.Claims.Select(claim => claim.Says));
        Assert.Equal((3 * 2 * 2) - 2, narrowed.Trials.Count);
        Assert.Equal(2, narrowed.Plots!.Count);
        Assert.Empty(widened.Claims);
        Assert.Equal(2 * (12 - 2), widened.Trials.Count);
        Assert.Equal(2, widened.Plots!.Count);
    }

    [Fact]
    public void Seeds_until_decided_are_the_fewest_where_no_claim_fits()
    {
        const string More =
            "seeds: {at_least: 3, at_most: 9, until: decided}\nclaims:\n"
            + "  - {says: A, source: B, basis: C, metric: test_accuracy, left: {activation: relu, preprocessing: none}, above: 0}\n";

        Assert.Equal(9, StudyFolder.PlanOf(Grid + More, set: ["activation=relu,gelu"]).Seeds.Count);
        Assert.Equal([0, 1, 2], StudyFolder.PlanOf(Grid + More, set: ["activation=tanh,gelu"]).Seeds);
    }

    [Fact]
    public void Set_takes_a_chain_as_a_study_does() =>
        Assert.Equal(
            "center+scale_to_range",
            StudyFolder
                .PlanOf(StudyFolder.Minimal, set: ["preprocessing=[center, scale_to_range(0, 1)]"])
                .Fixed.Text("preprocessing")
        );

    [Theory]
    [InlineData("epochs", "write --set=key=value, such as --set=epochs=5")]
    [InlineData("=5", "write --set=key=value, such as --set=epochs=5")]
    [InlineData("epohcs=5", "a run has no parameter 'epohcs'; the nearest is 'epochs'")]
    [InlineData("title=B", "a run has no parameter 'title'")]
    [InlineData(
        "model=mlp",
        "'model' is a group of parameters: model.kind, model.depth, model.width, model.kernel, model.pooling, model.dropout"
    )]
    [InlineData("epochs=many", "epochs expects a whole number from 1 to 100,000, not the text 'many'")]
    [InlineData("epochs=[5]", "epochs expects a whole number from 1 to 100,000, not a list")]
    [InlineData("activation=relu,relu", "activation has the value relu twice")]
    [InlineData("epochs=5,many", "epochs expects a whole number from 1 to 100,000, not the text 'many'")]
    [InlineData("optimizer.lr=1", "a run has no parameter 'optimizer.lr'; it is called 'learning_rate' here")]
    [InlineData(
        "optimizer.learning_rte=1",
        "a run has no parameter 'optimizer.learning_rte'; the nearest is 'learning_rate'"
    )]
    [InlineData("split.test=0.95", "split.validation (0.1) and split.test (0.95) leave nothing to train on")]
    [InlineData(
        "seeds=none",
        "seeds expects how many seeds to run (1 to 1,000,000), a list of seeds such as [0, 1, 2], or {at_least: 3, at_most: 20, until: decided}, not the text 'none'"
    )]
    public void A_wrong_override_is_refused(string set, string sentence) =>
        Assert.Equal($"--set={set}: {sentence}.", StudyFolder.RefusalOf("title: A\n" + Grid, set: [set]));

    [Fact]
    public void The_same_run_has_the_same_name_whether_a_value_is_written_set_or_kept()
    {
        var written = StudyFolder.PlanOf(StudyFolder.Minimal.Replace("epochs: 15", "epochs: 5")).Runs().Single();
        var set = StudyFolder.PlanOf(StudyFolder.Minimal, set: ["epochs=5"]).Runs().Single();
        var axis = StudyFolder
            .PlanOf(StudyFolder.Minimal.Replace("  epochs: 15\n", "") + "nuisance: {epochs: [5, 15]}\n", ["epochs=5"])
            .Runs()
            .Single();

        Assert.Equal((written.Id, written.Id), (set.Id, axis.Id));
    }
}
