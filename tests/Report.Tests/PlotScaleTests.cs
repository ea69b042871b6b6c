namespace Pipeline.Stages.Report.Tests;

public sealed class PlotScaleTests
{
    [Theory]
    [InlineData(new double[0], 0, 1)]
    [InlineData(new[] { double.NaN, double.PositiveInfinity, 1e305 }, 0, 1)]
    [InlineData(new[] { 0.0 }, 0, 1)]
    [InlineData(new[] { 1e-310, 0.0 }, 0, 1)]
    [InlineData(new[] { 4.0 }, 2, 6)]
    [InlineData(new[] { 4.0, 4.000000000001, 4.0 }, 2, 6)]
    [InlineData(new[] { -4.0 }, -6, -2)]
    [InlineData(new[] { 0.13, 0.97 }, 0, 1)]
    [InlineData(new[] { -0.7, 2.1 }, -1, 3)]
    public void A_linear_scale_ends_at_marks_around_its_numbers(double[] values, double low, double high)
    {
        var scale = PlotScale.Linear(values);

        Assert.Equal((low, high), (scale.Low, scale.High));
    }

    [Theory]
    [InlineData(new[] { 0.93, 1.04 }, 0.92, 1)]
    [InlineData(new[] { -0.2, 0.07 }, 0, 0.08)]
    [InlineData(new[] { 1.0 }, 0.4, 1)]
    [InlineData(new[] { double.PositiveInfinity, 0.5, 0.75 }, 0.5, 0.75)]
    public void A_scale_of_shares_does_not_pass_what_is_all(double[] values, double low, double high)
    {
        var scale = PlotScale.Shares(values, 1);

        Assert.Equal((low, high), (scale.Low, scale.High));
    }

    [Theory]
    [InlineData(new[] { 1.0, 49.0 }, false)]
    [InlineData(new[] { 1.0, 50.0 }, true)]
    [InlineData(new[] { 0.0, 1e-9, 1.0 }, true)]
    [InlineData(new[] { -1e-9, 1e-9, 1.0 }, false)]
    [InlineData(new[] { 0.0, 0.0 }, false)]
    public void Numbers_above_zero_of_many_sizes_get_a_logarithmic_scale(double[] values, bool expected) =>
        Assert.Equal(expected, PlotScale.Fitting(values).IsLogarithmic);

    [Fact]
    public void Equal_ratios_take_equal_room_on_a_logarithmic_scale()
    {
        var scale = PlotScale.Fitting([1e-4, 1]);

        Assert.Equal((1e-4, 1), (scale.Low, scale.High));
        Assert.Equal(
            [0, 0.25, 0.5, 0.75, 1],
            new[] { 1e-4, 1e-3, 1e-2, 1e-1, 1 }.Select(value => Math.Round(scale.Place(value), 12))
        );
        Assert.False(scale.Has(0));
        Assert.False(scale.Has(double.NaN));
    }

    [Fact]
    public void What_lies_beyond_is_put_at_the_end()
    {
        var scale = PlotScale.Whole([1, 3]);

        Assert.Equal([0, 0, 0.5, 1, 1], new[] { -5, 1, 2, 3.0, 9 }.Select(scale.Place));
    }

    [Fact]
    public void Epochs_and_layers_have_whole_numbers_as_marks() =>
        Assert.Equal(["1", "2", "3"], PlotScale.Whole([1, 3]).Ticks.Select(tick => tick.Label));

    [Fact]
    public void Names_are_a_line_apart_and_as_near_as_can_be_to_where_they_belong()
    {
        Assert.Equal([10, 50, 67, 84, 200], LineKey.Spread([10, 50, 51, 52, 200], 10, 200));
        Assert.Equal([149, 166, 183, 200], LineKey.Spread([200, 200, 200, 200], 10, 200));
        Assert.Equal([10, 27], LineKey.Spread([0, 0], 10, 200));
    }
}
