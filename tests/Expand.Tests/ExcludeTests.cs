using Pipeline.Artifacts;

namespace Pipeline.Expand.Tests;

public sealed class ExcludeTests
{
    private static readonly string Grid =
        StudyFolder.Minimal.Replace("  activation: relu\n", "")
        + "scientific:\n  activation: [relu, tanh, gelu]\n  normalization: [none, batch]\n";

    [Theory]
    [InlineData("[{activation: relu, normalization: batch}]", new[] { 0, 2, 3, 4, 5 })]
    [InlineData("[{activation: relu}, {activation: tanh, normalization: none}]", new[] { 3, 4, 5 })]
    [InlineData("[{activation: [relu, gelu]}]", new[] { 2, 3 })]
    [InlineData("[{activation: [relu, gelu], model.depth: 6, model: {width: 64}}]", new[] { 2, 3 })]
    [InlineData("[{activation: relu, loss: softmax_cross_entropy}]", new[] { 2, 3, 4, 5 })]
    [InlineData("[{activation: relu, frozen_layers: 0, storage: float32}]", new[] { 2, 3, 4, 5 })]
    [InlineData("[]", new[] { 0, 1, 2, 3, 4, 5 })]
    public void A_trial_that_meets_all_of_an_entry_is_left_out_and_the_others_keep_their_numbers(
        string exclude,
        int[] trials
    ) => Assert.Equal(trials, StudyFolder.PlanOf(Grid + $"exclude: {exclude}\n").Trials);

    [Theory]
    [InlineData(
        "{activation: relu}",
        "10: exclude expects a list such as [{activation: relu, initialization: zeros}], not a map"
    )]
    [InlineData(
        "[relu]",
        "11: an entry of exclude expects keys and values such as {activation: relu, initialization: zeros}, not the text 'relu'"
    )]
    [InlineData(
        "[{}]",
        "11: an entry of exclude expects keys and values such as {activation: relu, initialization: zeros}, not an empty map"
    )]
    [InlineData("[{activatoin: relu}]", "12: a run has no parameter 'activatoin'; the nearest is 'activation'")]
    [InlineData("[{activation: rleu}]", "24: there is no activation 'rleu'; the nearest is 'relu'")]
    [InlineData("[{activation: leaky_relu}]", "24: activation is never leaky_relu; choose from relu, tanh, gelu")]
    [InlineData("[{activation: [relu, sigmoid]}]", "31: activation is never sigmoid; choose from relu, tanh, gelu")]
    [InlineData("[{activation: []}]", "24: activation has no value here; give one or delete the key")]
    [InlineData("[{epochs: 5}]", "20: epochs is never 5; it is fixed at 15")]
    [InlineData("[{model.width: 64, model: {width: 64}}]", "37: 'model.width' stands twice in one entry of exclude")]
    [InlineData("[{epochs: 15}]", "10: exclude leaves no trial")]
    [InlineData("[{activation: [relu, tanh]}, {activation: gelu}]", "10: exclude leaves no trial")]
    public void A_wrong_exclusion_is_refused(string exclude, string message)
    {
        var text = $"title: A\nexclude: {exclude}\n{Grid}";

        Assert.Equal($"x.yaml:2:{message}.", StudyFolder.RefusalOf(text));
    }

    [Theory]
    [InlineData("[{optimizer.momentum: 0.9}]", new[] { 1, 3, 5 })]
    [InlineData("[{optimizer.momentum: 0.9, activation: tanh}]", new[] { 0, 1, 3, 4, 5 })]
    public void A_parameter_that_some_runs_lack_leaves_them_alone(string exclude, int[] trials)
    {
        var grid = StudyFolder.Minimal.Replace("  activation: relu\n", "").Replace("  optimizer.kind: sgd\n", "");

        Assert.Equal(
            trials,
            StudyFolder
                .PlanOf(
                    grid
                        + "  optimizer.momentum: 0.9\nscientific:\n  activation: [relu, tanh, gelu]\n  optimizer.kind: [sgd, adam]\n"
                        + $"exclude: {exclude}\n"
                )
                .Trials
        );
    }

    [Fact]
    public void A_parameter_that_no_run_has_can_not_be_excluded() =>
        Assert.Equal(
            "x.yaml:2:12: optimizer.momentum belongs to optimizer.kind: sgd or nesterov, but optimizer.kind is adam here.",
            StudyFolder.RefusalOf(
                "title: A\nexclude: [{optimizer.momentum: 0}]\n" + Grid.Replace("kind: sgd", "kind: adam")
            )
        );

    [Fact]
    public void An_exclusion_that_an_override_makes_void_is_no_error()
    {
        var text = Grid + "exclude: [{activation: relu, epochs: 15}]\n";

        Assert.Equal([2, 3, 4, 5], StudyFolder.PlanOf(text).Trials);
        Assert.Equal([0, 1, 2, 3, 4, 5], StudyFolder.PlanOf(text, set: ["epochs=5"]).Trials);
    }

    [Fact]
    public void More_than_a_thousand_exclusions_are_refused() =>
        Assert.EndsWith(
            ": exclude has more than 1,000 entries; an entry may list several values of a key.",
            StudyFolder.RefusalOf(
                $"title: A\n{Grid}exclude: [{string.Join(", ", Enumerable.Repeat("{activation: relu}", 1001))}]\n"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Excluded_trials_have_no_runs()
    {
        var plan = StudyFolder.PlanOf(Grid + "exclude: [{activation: relu}]\nseeds: 2\n");

        Assert.Equal(8, plan.RunCount);
        Assert.DoesNotContain(plan.Runs(), run => run.Spec.Text("activation") == "relu");
    }
}
