namespace Pipeline.Stages.Report.Tests;

/// <summary>What pictures say of a metric of cells.</summary>
public sealed class CellMetricTests
{
    [Theory]
    [InlineData("test_macro_f1", 1)]
    [InlineData("validation_accuracy", 1)]
    [InlineData("test_loss", -1)]
    [InlineData("restarts", -1)]
    [InlineData("skipped_steps", -1)]
    [InlineData("epochs_to(train_loss,0.5)", -1)]
    [InlineData("epoch_end_loss_scale", 0)]
    [InlineData("epochs_trained", 0)]
    [InlineData("best_epoch", 0)]
    [InlineData("activation_norm", 0)]
    [InlineData("test_activation_range", 0)]
    [InlineData("probe(dead_share,last,1)", 0)]
    public void Which_numbers_are_the_good_ones(string metric, int expected) =>
        Assert.Equal(expected, Of(metric).Goodness);

    [Theory]
    [InlineData("test_accuracy", 100.0)]
    [InlineData("test_macro_f1", 1.0)]
    [InlineData("test_activation_range", null)]
    [InlineData("test_loss", null)]
    [InlineData("test_multiply_operations", null)]
    [InlineData("test_probability_difference", null)]
    public void Shares_have_a_whole(string metric, double? expected) => Assert.Equal(expected, Of(metric).Whole);

    [Theory]
    [InlineData("epochs_to(train_loss,0.5)", 1301, "1301")]
    [InlineData("epoch_end_loss_scale", 65536, "65536")]
    [InlineData("epochs_trained", 1300.7, "1301")]
    [InlineData("epoch_end_loss_scale", 471859.2, "472000")]
    [InlineData("test_loss", 12345678, "1.23·10⁷")]
    [InlineData("test_loss", 0.123456, "0.123")]
    public void Digits_before_the_point_are_not_rounded_away(string metric, double value, string expected) =>
        Assert.Equal(expected, Of(metric).Text(value));

    [Fact]
    public void Diverged_runs_are_said_to_have_no_mean_only_where_they_have_none()
    {
        Assert.Equal(["†n: n runs diverged"], Diverged("restarts", 2).Notes());
        Assert.Equal(["†n: n runs diverged, so that there is no mean"], Diverged("test_loss", null).Notes());
        Assert.Equal(["†n: n runs diverged, which count as 0"], Diverged("test_macro_f1", 0.5).Notes());

        static CellMetric Diverged(string metric, double? mean)
        {
            var tables = OneAxis.Of(metric, [new(mean, mean, mean)]);
            return new(tables with { Cells = [tables.Cells[0] with { Runs = 2, Diverged = 1 }] }, metric);
        }
    }

    private static CellMetric Of(string metric) => new(OneAxis.Of(metric, [new(0.5, 0.25, 0.75)]), metric);
}
