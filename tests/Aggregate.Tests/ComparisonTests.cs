using System.Numerics;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class ComparisonTests
{
    [Fact]
    public void No_p_of_a_sign_test_is_below_a_half_to_the_power_of_its_seeds()
    {
        for (var seeds = 1; seeds <= 40; seeds++)
        {
            for (var above = 0; above <= seeds; above++)
            {
                var test = new SignTest(above, seeds - above);
                Assert.True(Math.Min(test.Greater, test.Less) >= Math.Pow(2, -seeds));
                Assert.True(test.Greater + test.Less >= 1);
            }
            Assert.Equal(Math.Pow(2, -seeds), new SignTest(seeds, 0).Greater);
        }
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1100, 0)]
    [InlineData(5000, 0)]
    [InlineData(2600, 2400)]
    [InlineData(550, 550)]
    public void A_sign_test_takes_any_number_of_seeds(int above, int below)
    {
        var (test, mirrored) = (new SignTest(above, below), new SignTest(below, above));

        Assert.Equal(test.Greater, mirrored.Less);
        var (outcomes, sum) = (BigInteger.One, BigInteger.Zero);
        for (var heads = 0; heads <= below; heads++)
        {
            sum += outcomes;
            outcomes = outcomes * (above + below - heads) / (heads + 1);
        }
        var expected = Math.Exp(BigInteger.Log(sum) - ((above + below) * Math.Log(2)));
        Assert.InRange(test.Greater, double.Epsilon, 1);
        Assert.Equal(Math.Max(double.Epsilon, expected), test.Greater, 1e-9 * expected);
        Assert.InRange(test.Less, 0.5, 1);
    }

    [Fact]
    public void Ties_take_no_part_in_a_sign_test() => Assert.Equal(new(2, 1), SignTest.Of([0, 1, -3, 0, 1e-300, 0]));

    [Fact]
    public void Rounding_in_one_of_twenty_seeds_is_a_tie()
    {
        var right = Enumerable.Repeat(0.8, 20).ToArray();
        var left = right.ToArray();
        left[7] = Math.BitIncrement(0.8);

        var comparison = Comparison.Of(PairedSample.Of(left, right), 0);

        Assert.Equal(ClaimTest.Sign, comparison.Test);
        Assert.Equal(new(0, 0), comparison.Signs);
        Assert.Equal((1.0, 1.0), (comparison.Greater, comparison.Less));
    }

    [Fact]
    public void Equal_differences_that_rounding_moves_have_no_variance()
    {
        double[] right = [.. Enumerable.Range(0, 20).Select(i => i / 30.0)];
        double[] left = [.. right.Select(value => value + 0.1)];
        left[3] = Math.BitDecrement(left[3]);

        var comparison = Comparison.Of(PairedSample.Of(left, right), 0);

        Assert.Equal(ClaimTest.Sign, comparison.Test);
        Assert.Equal(Math.Pow(2, -20), comparison.Greater);
        Assert.Null(comparison.Interval(0.025));
    }

    /// <summary>Seeds agree on by how much, but not on which rows: that leaves the mean open.</summary>
    [Fact]
    public void Seeds_that_agree_on_the_difference_but_not_on_the_rows_have_a_variance()
    {
        bool[][] left = [.. Enumerable.Range(0, 3).Select(seed => Rows(row => row != seed))];
        bool[][] right = [.. Enumerable.Range(0, 3).Select(seed => Rows(row => (row + seed) % 5 > 1))];
        Assert.All(left, rows => Assert.Equal(0.9, TestRows.Share(rows)));
        Assert.All(right, rows => Assert.Equal(0.6, TestRows.Share(rows)));

        var comparison = Comparison.Of(TestRows.Pairs(left, right, TestRows.Labels(10)), 0);

        Assert.Equal(ClaimTest.Crossed, comparison.Test);
        Assert.True(comparison.Greater > 1.0 / 1024);
        Assert.NotNull(comparison.Interval(0.025));

        static bool[] Rows(Func<int, bool> isRight) => [.. Enumerable.Range(0, 10).Select(isRight)];
    }

    /// <summary>Runs that no seed changes: what is open is the rows, and no more seeds tell.</summary>
    [Fact]
    public void Where_seeds_change_nothing_rows_alone_are_the_variance()
    {
        // 40 rows, of which one alone is right on the left and wrong on the right: t = 1 with 39 degrees of freedom.
        var left = Enumerable.Repeat(Enumerable.Repeat(true, 40).ToArray(), 6).ToArray();
        var right = Enumerable.Repeat(Enumerable.Range(0, 40).Select(row => row > 0).ToArray(), 6).ToArray();

        var comparison = Comparison.Of(TestRows.Pairs(left, right, TestRows.Labels(40)), 0);

        Assert.Equal(0, comparison.Variance!.Seeds.Variance, 1e-30);
        Assert.Equal(39, comparison.Variance.Rows.DegreesOfFreedom, 1e-12);
        Assert.Equal(1 / 40.0, Math.Sqrt(comparison.Variance.Total), 1e-14);
        Assert.Equal(Pipeline.Numerics.StudentT.Cdf(-1, 39), comparison.Greater, 1e-14);
        Assert.True(comparison.IsLimitedByRows(0, 0.025));
        Assert.False(comparison.IsLimitedByRows(-0.2, 0.025));
        Assert.True(comparison.IsLimitedByRows(0, 0.1));
        Assert.False(comparison.IsLimitedByRows(0, 0.2));
    }

    [Theory]
    [InlineData(0.025)]
    [InlineData(0.0025)]
    public void As_many_seeds_decide_as_bring_the_p_of_the_same_differences_below_the_level(double side)
    {
        // Ten differences of mean 0.1 and variance 0.1, then n of the same: t = 0.1·√(n/0.1) with n − 1 degrees of freedom.
        var sample = PairedSample.Of(
            [.. Enumerable.Range(0, 10).Select(i => 0.1 + (i % 2 == 0 ? 0.3 : -0.3))],
            new double[10]
        );
        var comparison = Comparison.Of(sample, 0);

        var needed = comparison.SeedsToDecide(10, 10_000, 0, side)!.Value;

        Assert.True(P(needed - 1) >= side && P(needed) < side);
        Assert.Equal(needed, comparison.SeedsToDecide(10, 10_000, 0.2, side));
        Assert.Null(comparison.SeedsToDecide(10, needed - 1, 0, side));
        Assert.Null(comparison.SeedsToDecide(10, 10_000, 0.1, side));

        static double P(int n) => Pipeline.Numerics.StudentT.Cdf(-0.1 * Math.Sqrt(n / 0.1), n - 1);
    }

    [Fact]
    public void A_lost_pair_counts_by_its_side_alone()
    {
        var sample = new PairedSample([0.5, null, null, null], [0, 1, -1, 0], [], 1);

        var comparison = Comparison.Of(sample, 0.25);

        Assert.Equal((ClaimTest.Sign, 2, 1), (comparison.Test, comparison.Signs.Above, comparison.Signs.Below));
        Assert.Null(comparison.Mean);
        Assert.False(comparison.IsLimitedByRows(0, 0.025));
    }

    [Theory]
    [InlineData(0.025)]
    [InlineData(0.0025)]
    [InlineData(0.2)]
    public void A_test_rejects_exactly_what_its_interval_leaves_out(double side)
    {
        var random = new Random(4);
        var (above, below) = (0, 0);
        for (var i = 0; i < 200; i++)
        {
            var labels = TestRows.Labels(20, 10, 1);
            var seeds = random.Next(3, 12);
            var (left, right) = (TestRows.Random(random, seeds, 31), TestRows.Random(random, seeds, 31));
            var sample = TestRows.Pairs(left, right, labels);
            if (i % 2 == 0)
                sample = sample with { Terms = [] };
            var threshold = (random.NextDouble() - 0.5) / 2;
            var comparison = Comparison.Of(sample, threshold);

            var (low, high) = comparison.Interval(side)!.Value;

            Assert.Equal(threshold < low, comparison.Greater < side);
            Assert.Equal(threshold > high, comparison.Less < side);
            Assert.Equal(1, comparison.Greater + comparison.Less, 1e-12);
            (above, below) = (above + (threshold < low ? 1 : 0), below + (threshold > high ? 1 : 0));
        }
        Assert.InRange(above, 5, 195);
        Assert.InRange(below, 5, 195);
    }

    [Fact]
    public void As_many_values_as_on_the_other_side_are_needed() =>
        Assert.Throws<ArgumentException>(() => PairedSample.Of([1, 2], [1]));
}
