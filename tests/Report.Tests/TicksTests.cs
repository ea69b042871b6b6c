using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Stages.Report.Tests;

public sealed class TicksTests
{
    [Theory]
    [InlineData(0, 1, 7, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(1, 15, 7, "2 4 6 8 10 12 14")]
    [InlineData(-3, 3, 7, "-3 -2 -1 0 1 2 3")]
    [InlineData(0.1, 0.3, 5, "0.1 0.15 0.2 0.25 0.3")]
    [InlineData(0, 1e-7, 3, "0 5·10⁻⁸ 10⁻⁷")]
    [InlineData(0, 3e7, 4, "0 10⁷ 2·10⁷ 3·10⁷")]
    [InlineData(-2e-6, 0, 3, "-2·10⁻⁶ -10⁻⁶ 0")]
    public void Marks_of_a_linear_axis_are_multiples_of_one_two_or_five(
        double low,
        double high,
        int atMost,
        string expected
    ) => Assert.Equal(expected, Labels(Ticks.Linear(low, high, atMost)));

    [Theory]
    [InlineData(1, 1000, 7, "10⁰ 10¹ 10² 10³")]
    [InlineData(1e-30, 1, 7, "10⁻³⁰ 10⁻²⁵ 10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 10⁰")]
    [InlineData(2e-3, 0.5, 7, "10⁻² 10⁻¹")]
    [InlineData(1e-290, 1e290, 7, "10⁻²⁰⁰ 10⁻¹⁰⁰ 10⁰ 10¹⁰⁰ 10²⁰⁰")]
    [InlineData(0.2, 5, 7, "0.2 0.5 1 2 5")]
    [InlineData(2e-7, 1e-6, 7, "2·10⁻⁷ 5·10⁻⁷ 10⁻⁶")]
    public void Marks_of_a_logarithmic_axis_are_powers_of_ten(double low, double high, int atMost, string expected) =>
        Assert.Equal(expected, Labels(Ticks.Logarithmic(low, high, atMost)));

    [Fact]
    public void Marks_lie_within_any_axis_and_are_as_few_as_asked_for()
    {
        var numbers = ArbMap
            .Default.GeneratorFor<NormalFloat>()
            .Select(number => Math.Clamp(number.Get, -1e200, 1e200));
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(numbers.Two()),
                pair =>
                {
                    var scale = PlotScale.Linear([pair.Item1, pair.Item2]);

                    var ticks = scale.Ticks;
                    Assert.InRange(ticks.Count, 2, 7);
                    Assert.All(ticks, tick => Assert.InRange(scale.Place(tick.Value), 0, 1));
                    Assert.True(scale.Low < scale.High);
                    Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
                }
            )
        );
    }

    private static string Labels(IEnumerable<Tick> ticks) => string.Join(' ', ticks.Select(tick => tick.Label));
}
