using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class PlottedMetricTests
{
    [Fact]
    public void What_a_plot_shows_of_curves_is_a_column_of_the_runs_and_cells()
    {
        const string metric = "epochs_to(train_loss,1)";
        var plan = Studies.Plan([Studies.Texts("activation", "relu", "tanh")], [], 0) with
        {
            Plots =
            [
                new()
                {
                    Kind = PlotKind.Bars,
                    Subject = ["activation"],
                    Metric = metric,
                },
                new() { Kind = PlotKind.Curves, Subject = ["train_loss"] },
            ],
            Fixed = Parameters.Of([KeyValuePair.Create("epochs", Scalar.Of(2L))]),
        };

        var tables = Aggregator.Aggregate(plan, [Run(2, 1), Run(2, 1.5)]);

        Assert.Equal(
            ["epochs_to(train_loss,1)", "test_accuracy", "validation_accuracy", "validation_loss"],
            tables.Metrics
        );
        Assert.Equal([2.0, 3.0], new[] { 0, 1 }.Select(cell => tables.Estimate(cell, metric).Mean));
    }

    private static RunResult Run(params double[] loss) =>
        Studies.Completed(0.9) with
        {
            Curves = new(StringComparer.Ordinal) { ["train_loss"] = loss },
        };
}
