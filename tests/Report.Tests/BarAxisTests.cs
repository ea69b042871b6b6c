using Pipeline.Artifacts;

namespace Pipeline.Stages.Report.Tests;

/// <summary>Where bars begin, and where there are none.</summary>
public sealed class BarAxisTests
{
    [Theory]
    // Nearly alike: the axis spans the intervals.
    [InlineData("test_accuracy", new[] { 0.95, 0.97 }, 0.005, 94.5, 97.5, false)]
    // Below half of the largest, 0 belongs to what is shown.
    [InlineData("test_accuracy", new[] { 0.45, 0.97 }, 0.005, 0.0, 100.0, true)]
    [InlineData("test_accuracy", new[] { 0.55, 0.97 }, 0.005, 50.0, 100.0, false)]
    // No share passes 0 and 100 %.
    [InlineData("test_accuracy", new[] { 0.99, 1.0 }, 0.05, 94.0, 100.0, false)]
    [InlineData("test_accuracy", new[] { 1.0, 1.0 }, 0.0, 40.0, 100.0, false)]
    [InlineData("test_macro_f1", new[] { 0.98, 0.99 }, 0.03, 0.95, 1.0, false)]
    [InlineData("probe(dead_share,mean,0)", new[] { 0.01, 0.3 }, 0.05, 0.0, 0.4, true)]
    // Another number may.
    [InlineData("test_loss", new[] { 0.98, 0.99 }, 0.03, 0.94, 1.02, false)]
    [InlineData("test_loss", new[] { -1.0, 2.0 }, 0.0, -1.0, 2.0, true)]
    public void An_axis_begins_at_zero_only_where_zero_belongs_to_the_numbers(
        string metric,
        double[] means,
        double half,
        double low,
        double high,
        bool hasBars
    )
    {
        var tables = OneAxis.Of(metric, [.. means.Select(mean => new Estimate(mean, mean - half, mean + half))]);

        var axis = BarAxis.Of(new(tables, metric), tables.Cells);

        Assert.Equal((low, high, hasBars), (axis.Scale.Low, axis.Scale.High, axis.HasBars));
    }

    [Fact]
    public void Panels_of_different_test_sets_have_axes_of_their_own()
    {
        var plan = Studies.Grid.Plan with
        {
            Scientific =
            [
                new("dataset", [Scalar.Of("wine"), Scalar.Of("digits")]),
                new("activation", [Scalar.Of("relu"), Scalar.Of("tanh")]),
            ],
            Plots =
            [
                new()
                {
                    Kind = PlotKind.Bars,
                    Subject = ["activation"],
                    By = "dataset",
                },
            ],
        };
        double[] means = [0.3, 0.9, 0.95, 0.96];
        var tables = Studies.Grid with
        {
            Plan = plan,
            Runs = [],
            Cells =
            [
                .. means.Select(
                    (mean, i) =>
                        Studies.Grid.Cells[0] with
                        {
                            Values = [plan.Scientific[0].Values[i / 2], plan.Scientific[1].Values[i % 2]],
                            Metrics = [new(mean, mean, mean), new(1, 1, 1), new(mean, mean, mean)],
                        }
                ),
            ],
        };

        var svg = Reporter.Render(tables, [], new Dictionary<string, string>(StringComparer.Ordinal))[
            "bars-activation-by-dataset.svg"
        ];

        var root = SvgTests.Parse(svg).Root!;
        // Bars of wine, dots of digits.
        Assert.Equal(2, root.Elements(root.Name.Namespace + "rect").Count());
        Assert.Equal(4, root.Elements(root.Name.Namespace + "circle").Count());
        Assert.Contains(
            "Each panel has an axis of its own: their cells are tested by different rows.",
            string.Join(' ', root.Elements(root.Name.Namespace + "text").Select(text => text.Value)),
            StringComparison.Ordinal
        );
    }
}
