using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class RunValuesTests
{
    private static readonly Parameters Spec = Parameters.Of([new("epochs", Scalar.Of(3L))]);

    // Three layers; `gain` is measured in all, `dead` in the first two, and after the last epoch the gain of the third was not finite.
    private static readonly RunResult Result = new()
    {
        Outcome = RunOutcome.Completed,
        Steps = 30,
        Metrics = new(StringComparer.Ordinal) { ["test_accuracy"] = 0.75, ["test_loss"] = double.PositiveInfinity },
        Curves = new(StringComparer.Ordinal) { ["train_loss"] = [2, 1, 0.5], ["train_accuracy"] = [0.25, 0.5, 0.25] },
        Probes =
        [
            Probe(0, 1, ("dead", 0), ("gain", 8)),
            Probe(0, 2, ("dead", 0.5), ("gain", 5)),
            Probe(0, 3, ("gain", 2)),
            Probe(3, 1, ("dead", 0.25), ("gain", 1)),
            Probe(3, 2, ("dead", 1), ("gain", 6)),
            Probe(3, 3),
        ],
    };

    [Theory]
    [InlineData("test_accuracy", 0.75)]
    [InlineData("test_loss", null)]
    [InlineData("test_macro_f1", null)]
    [InlineData("epochs_to(train_loss, 2)", 1.0)]
    [InlineData("epochs_to(train_loss, 1.5)", 2.0)]
    [InlineData("epochs_to(train_loss, 0.25)", 4.0)]
    [InlineData("epochs_to(train_accuracy, 0.5)", 2.0)]
    [InlineData("epochs_to(train_accuracy, 0.75)", 4.0)]
    [InlineData("epochs_to(validation_loss, 1)", null)]
    [InlineData("probe(gain, first, 0)", 8.0)]
    [InlineData("probe(gain, 2, 0)", 5.0)]
    [InlineData("probe(gain, last, 0)", 2.0)]
    [InlineData("probe(gain, mean, 0)", 5.0)]
    [InlineData("probe(gain, min, 0)", 2.0)]
    [InlineData("probe(gain, max, 0)", 8.0)]
    [InlineData("probe(dead, last, 0)", 0.5)]
    [InlineData("probe(dead, last, last)", 1.0)]
    [InlineData("probe(dead, mean, 3)", 0.625)]
    [InlineData("probe(dead, 3, 0)", null)]
    [InlineData("probe(gain, 1, 1)", null)]
    [InlineData("probe(gain, last, last)", null)]
    [InlineData("probe(gain, mean, last)", null)]
    [InlineData("probe(gain, min, last)", null)]
    [InlineData("probe(gain, max, last)", null)]
    [InlineData("probe(norm, mean, 0)", null)]
    [InlineData("first_to_last(gain, 0)", 4.0)]
    [InlineData("first_to_last(gain, last)", null)]
    [InlineData("first_to_last(dead, last)", 0.25)]
    public void A_metric_is_found_in_a_result(string metric, double? expected) =>
        Assert.Equal(expected, RunValues.Of(RunMetric.Parse(metric), Result, Spec));

    [Fact]
    public void A_ratio_of_nothing_to_nothing_is_no_value()
    {
        var result = Result with { Probes = [Probe(0, 1, ("gain", 0)), Probe(0, 2, ("gain", 0))] };

        Assert.Null(RunValues.Of(RunMetric.Parse("first_to_last(gain, 0)"), result, Spec));
    }

    [Theory]
    [InlineData("epochs_to(train_loss, 2)", 4.0)]
    [InlineData("probe(gain, first, 0)", 8.0)]
    [InlineData("probe(gain, first, last)", null)]
    public void A_diverged_run_reached_nothing_but_was_measured_before(string metric, double? expected)
    {
        var diverged = Result with
        {
            Outcome = RunOutcome.Diverged,
            Probes = [.. Result.Probes!.Where(probe => probe.Epoch == 0)],
        };

        Assert.Equal(expected, RunValues.Of(RunMetric.Parse(metric), diverged, Spec));
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 9 }, new[] { 1.0, 1, 2 }, 1.0)]
    [InlineData(new[] { 1.0, 1, 2 }, new[] { 1.0, 2, 9 }, -1.0)]
    [InlineData(new[] { 1.0, 5, 9 }, new[] { 1.0, 2, 9 }, 0.0)]
    // The lowest of all epochs before counts: from 4 to 1, to 2.
    [InlineData(new[] { 4.0, 1, 2 }, new[] { 4.0, 3, 2, 4 }, 1.0)]
    // What never rises does so after its last epoch.
    [InlineData(new[] { 4.0, 8, 2 }, new[] { 4.0, 5, 3 }, 2.0)]
    [InlineData(new[] { 4.0, 3, 2 }, new[] { 4.0, 5, 3 }, 0.0)]
    [InlineData(new double[0], new double[0], 0.0)]
    public void One_curve_rises_some_epochs_before_another(double[] first, double[] second, double lead)
    {
        var result = Result with
        {
            Outcome = RunOutcome.Diverged,
            Curves = new(StringComparer.Ordinal) { ["activation_norm"] = first, ["train_loss"] = second },
        };

        Assert.Equal(lead, RunValues.Of(RunMetric.Parse("lead(activation_norm, train_loss, 2)"), result, Spec));
        Assert.Null(RunValues.Of(RunMetric.Parse("lead(activation_norm, validation_loss, 2)"), result, Spec));
    }

    [Theory]
    [InlineData(new[] { 1.0, 1, 2, 1 }, new[] { 1.0, 1, 1, 2 }, 1.0)]
    [InlineData(new[] { 1.0, 1, 1, 1 }, new[] { 1.0, 1, 1, 2 }, -1.0)]
    // The loss of a run that was trained to its end never rose, so that nothing was before it.
    [InlineData(new[] { 1.0, 2, 1, 1 }, new[] { 1.0, 1, 1, 1 }, null)]
    [InlineData(new[] { 1.0, 1, 1, 1 }, new[] { 1.0, 1, 1, 1 }, null)]
    public void Without_a_second_rise_a_run_that_came_to_its_end_has_no_lead(
        double[] first,
        double[] second,
        double? lead
    )
    {
        var result = Result with
        {
            Curves = new(StringComparer.Ordinal) { ["activation_norm"] = first, ["train_loss"] = second },
        };

        Assert.Equal(lead, RunValues.Of(RunMetric.Parse("lead(activation_norm, train_loss, 2)"), result, Spec));
        Assert.Null(RunValues.Of(RunMetric.Parse("lead(activation_norm, validation_loss, 2)"), result, Spec));
        Assert.Null(RunValues.Of(RunMetric.Parse("lead(validation_loss, train_loss, 2)"), result, Spec));
    }

    [Fact]
    public void Restarts_are_counted_and_a_run_that_asks_for_none_has_none()
    {
        var restart = new RunRestart
        {
            Epoch = 2,
            Step = 15,
            Reason = "the loss exploded",
            From = 1,
            Factor = 0.5,
        };

        Assert.Equal(2, Count(Result with { Restarts = [restart, restart] }));
        Assert.Equal(1, Count(Result with { Restarts = [restart], Outcome = RunOutcome.Diverged }));
        Assert.Equal(0, Count(Result));

        static double? Count(RunResult result) => RunValues.Of(RunMetric.Parse("restarts"), result, Spec);
    }

    [Fact]
    public void A_run_without_probes_has_none() =>
        Assert.Null(RunValues.Of(RunMetric.Parse("probe(gain, first, 0)"), Result with { Probes = null }, Spec));

    private static LayerProbe Probe(int epoch, int layer, params (string Name, double Value)[] values) =>
        new()
        {
            Epoch = epoch,
            Layer = layer,
            Name = $"layers.{layer - 1}",
            Values = new(
                values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal),
                StringComparer.Ordinal
            ),
        };
}
