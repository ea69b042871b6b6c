using FsCheck;
using FsCheck.Fluent;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class HolmTests
{
    [Fact]
    public void The_smallest_p_is_multiplied_by_the_number_of_claims_and_the_next_by_one_less() =>
        Assert.Equal(
            [0.0625, 0.25, 0.1875],
            Holm.Adjust([0.015625 * 4 / 3, 0.25, 0.09375]),
            (x, y) => Math.Abs(x - y) < 1e-15
        );

    [Fact]
    public void No_adjusted_p_is_below_that_of_a_smaller_p() =>
        Assert.Equal([0.75, 0.75, 0.75], Holm.Adjust([0.375, 0.25, 0.3125]));

    [Fact]
    public void No_adjusted_p_is_above_1() => Assert.Equal([1, 1], Holm.Adjust([0.75, 1]));

    [Fact]
    public void One_claim_needs_no_adjustment_and_none_gives_none()
    {
        Assert.Equal([0.03125], Holm.Adjust([0.03125]));
        Assert.Empty(Holm.Adjust([]));
    }

    [Theory]
    [InlineData(new[] { 0.01, 0.02, 0.001, 0.5 }, new[] { 3, 3, 4, 3 })]
    [InlineData(new[] { 0.006, 0.001, 0.012, 0.02 }, new[] { 3, 4, 2, 1 })]
    [InlineData(new[] { 0.02, 0.02 }, new[] { 2, 2 })]
    [InlineData(new[] { 0.0125, 0.5 }, new[] { 2, 2 })]
    [InlineData(new double[0], new int[0])]
    public void The_level_is_divided_by_the_hypotheses_that_are_left(double[] values, int[] expected) =>
        Assert.Equal(expected, Holm.Divisors(values, 0.025));

    [Fact]
    public void What_is_below_its_share_of_the_level_is_what_has_an_adjusted_p_below_the_level()
    {
        var random = new Random(2);
        for (var i = 0; i < 500; i++)
        {
            double[] values = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.NextDouble() / 40)];
            Assert.Equal(
                Holm.Adjust(values).Select(p => p < 0.025),
                values.Zip(Holm.Divisors(values, 0.025), (p, divisor) => p * divisor < 0.025)
            );
        }
    }

    [Fact]
    public void The_order_of_claims_changes_the_order_of_results_only()
    {
        var values = ArbMap.Default.GeneratorFor<byte>().Select(b => b / 255.0).ArrayOf();
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(values),
                array =>
                {
                    var adjusted = Holm.Adjust(array);

                    Assert.Equal(adjusted, Holm.Adjust([.. array.Reverse()]).Reverse());
                    Assert.All(
                        array.Zip(adjusted),
                        pair => Assert.InRange(pair.Second, pair.First, Math.Min(1, array.Length * pair.First))
                    );
                    Assert.Equal(
                        adjusted.Order(),
                        array.Zip(adjusted).OrderBy(pair => pair.First).Select(pair => pair.Second)
                    );
                }
            )
        );
    }
}
