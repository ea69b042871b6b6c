using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate.Tests;

public sealed class MeanVarianceTests
{
    private const double Tolerance = 1e-12;

    /// <summary>An analysis of variance by hand: 2 seeds × 4 rows, differences 1 0 0 1 and 1 1 0 0; one class.</summary>
    [Fact]
    public void It_is_that_of_seeds_and_rows_less_what_both_make_of_their_interaction()
    {
        // Means of rows 1, ½, 0, ½: MS_row = 2·(¼ + ¼)/3 = ⅓. Residuals 0, −½, 0, ½ and back: MS_interaction = 4·¼/3 = ⅓.
        // Both seeds have a mean of ½: MS_seed = 0.
        var variance = Of(
            [
                [true, false, false, true],
                [true, true, false, false],
            ],
            TestRows.Labels(4)
        );

        Assert.Equal(1 / 3.0 / 8, variance.Seeds.Variance, Tolerance);
        Assert.Equal((1.0, 0.0), (variance.Seeds.DegreesOfFreedom, variance.Rows.Variance));
        Assert.Equal(1 / 24.0, variance.Total, Tolerance);
    }

    [Theory]
    [InlineData(1, 2, new[] { 30 })]
    [InlineData(2, 3, new[] { 10, 7, 5 })]
    [InlineData(3, 5, new[] { 1, 9, 1, 2 })]
    [InlineData(4, 20, new[] { 1, 1, 1, 40 })]
    [InlineData(5, 4, new[] { 1, 12 })]
    public void It_is_that_of_the_analysis_of_variance(int seed, int seeds, int[] sizes)
    {
        var labels = TestRows.Labels(sizes);
        var random = new Random(seed);
        var left = TestRows.Random(random, seeds, labels.Length);
        var right = TestRows.Random(random, seeds, labels.Length);
        var differences = Differences(left, right);

        var variance = Comparison.Of(TestRows.Pairs(left, right, labels), 0).Variance!;

        var (ofSeeds, ofRows, ofInteraction) = MeanSquares(differences, Strata(labels));
        var size = (double)seeds * labels.Length;
        Assert.Equal(Math.Max(ofSeeds, ofInteraction) / size, variance.Seeds.Variance, Tolerance);
        Assert.Equal(Math.Max(0, ofRows - ofInteraction) / size, variance.Rows.Variance, Tolerance);
        Assert.Equal(seeds - 1, variance.Seeds.DegreesOfFreedom);
        Assert.True(variance.Total >= Math.Max(ofSeeds, ofRows) / size - Tolerance);
    }

    [Fact]
    public void The_order_of_rows_and_of_classes_makes_no_difference()
    {
        var random = new Random(6);
        int[] labels = [.. Enumerable.Range(0, 40).Select(row => row % 7 % 3)];
        var rows = TestRows.Random(random, 5, 40);
        int[] order = [.. Enumerable.Range(0, 40).OrderBy(_ => random.Next())];

        var expected = Of(rows, labels);
        var actual = Of(
            Array.ConvertAll(rows, seed => Array.ConvertAll(order, row => seed[row])),
            Array.ConvertAll(order, row => 2 - labels[row])
        );

        Assert.Equal(expected.Seeds.Variance, actual.Seeds.Variance, Tolerance);
        Assert.Equal(expected.Rows.Variance, actual.Rows.Variance, Tolerance);
    }

    [Theory]
    [InlineData(28, 15, 15)]
    [InlineData(27, 14, 14, 1, 1)]
    public void Degrees_of_freedom_of_the_rows_are_rows_less_classes(int expected, params int[] sizes)
    {
        var variance = Of(TestRows.Random(new Random(7), 4, sizes.Sum()), TestRows.Labels(sizes));

        Assert.True(variance.Rows.Variance > 0);
        Assert.Equal(expected, variance.Rows.DegreesOfFreedom, 1e-12);
    }

    /// <summary>Neither side has rows that the other one has: each has its own part.</summary>
    [Theory]
    [InlineData("iris", 15, 15)]
    [InlineData("wine", 20)]
    public void Rows_of_two_test_splits_are_not_paired(string leftSet, params int[] sizes)
    {
        var random = new Random(8);
        var (leftLabels, rightLabels) = (TestRows.Labels(sizes), TestRows.Labels(15, 15));
        var (left, right) = (TestRows.Random(random, 5, leftLabels.Length), TestRows.Random(random, 5, 30));
        double[] differences = [.. TestRows.Shares(left).Zip(TestRows.Shares(right), (x, y) => x - y)];
        var blocks = RowBlock.Of([
            RowTerm.OfAccuracy(TestRows.Runs(left, leftLabels)) with
            {
                TestSet = leftSet,
            },
            RowTerm.OfAccuracy(TestRows.Runs(right, rightLabels)).Negated() with
            {
                TestSet = "wine",
            },
        ]);

        var variance = MeanVariance.Of(differences, blocks);

        var (_, leftRows, leftInteraction) = MeanSquares(Array.ConvertAll(left, Bits), leftLabels);
        var (_, rightRows, rightInteraction) = MeanSquares(Array.ConvertAll(right, Bits), rightLabels);
        Assert.Equal(2, blocks.Count);
        var size = 5.0 * leftLabels.Length;
        Assert.Equal(
            ((leftRows - leftInteraction) / size) + ((rightRows - rightInteraction) / 150),
            variance.Rows.Variance,
            Tolerance
        );
        // Satterthwaite's, of two mean squares.
        var (x, y) = (leftRows / size, rightRows / 150);
        var freedom = leftLabels.Length - sizes.Length;
        Assert.Equal((x + y) * (x + y) / ((x * x / freedom) + (y * y / 28)), variance.Rows.DegreesOfFreedom, 1e-9);
    }

    [Fact]
    public void The_same_rows_on_both_sides_have_no_variance()
    {
        var rows = TestRows.Random(new Random(9), 5, 20);

        Assert.Equal(ClaimTest.Sign, Comparison.Of(TestRows.Pairs(rows, rows, TestRows.Labels(20)), 0).Test);
    }

    [Fact]
    public void Without_rows_it_is_that_of_Students_t_test()
    {
        var variance = MeanVariance.Of([1, 2, 3, 4], []);

        Assert.Equal((5 / 3.0 / 4, 3.0), (variance.Total, variance.DegreesOfFreedom));
        Assert.Equal((StudentT.Cdf(1.5, 3), StudentT.Quantile(0.01, 3)), (variance.Cdf(1.5), variance.Quantile(0.01)));
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(0.025)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_quantile_lies_between_those_of_the_parts(double p)
    {
        var variance = new MeanVariance(new(0.75, 2), new(0.25, 60));

        var t = variance.Quantile(p);

        Assert.Equal(p, variance.Cdf(t), p * 1e-12);
        Assert.Equal((0.75 * StudentT.Cdf(t, 2)) + (0.25 * StudentT.Cdf(t, 60)), variance.Cdf(t), 1e-15);
        var (seeds, rows) = (StudentT.Quantile(p, 2), StudentT.Quantile(p, 60));
        Assert.InRange(t, Math.Min(seeds, rows), Math.Max(seeds, rows));
        Assert.Equal(1 / ((0.75 / 2) + (0.25 / 60)), variance.DegreesOfFreedom, Tolerance);
    }

    [Fact]
    public void More_seeds_lessen_their_own_part_alone()
    {
        var variance = Of(
            [
                [true, false, false, false],
                [true, true, true, false],
            ],
            TestRows.Labels(4)
        );

        var scaled = variance.Scaled(2, 10);

        Assert.Equal(variance.Seeds.Variance / 5, scaled.Seeds.Variance, Tolerance);
        Assert.Equal(9, scaled.Seeds.DegreesOfFreedom);
        Assert.Equal(variance.Rows, scaled.Rows);
    }

    private static MeanVariance Of(bool[][] rows, int[] labels) =>
        MeanVariance.Of(TestRows.Shares(rows), RowBlock.Of([RowTerm.OfAccuracy(TestRows.Runs(rows, labels))]));

    private static double[] Bits(bool[] rows) => Array.ConvertAll(rows, isRight => isRight ? 1.0 : 0);

    private static double[][] Differences(bool[][] left, bool[][] right) =>
        [.. left.Zip(right, (x, y) => Bits(x).Zip(Bits(y), (a, b) => a - b).ToArray())];

    /// <summary>Classes of a single row together are one.</summary>
    private static int[] Strata(int[] labels) =>
        Array.ConvertAll(labels, label => labels.Count(other => other == label) > 1 ? label : -1);

    /// <summary>Those of seeds, of rows within classes and of what is left, each by its definition.</summary>
    private static (double Seeds, double Rows, double Interaction) MeanSquares(double[][] values, int[] classes)
    {
        var (seeds, rows) = (values.Length, classes.Length);
        var mean = values.Average(row => row.Average());
        var ofSeeds = values.Sum(seed => rows * Math.Pow(seed.Average() - mean, 2)) / (seeds - 1);
        var freedom = rows - classes.Distinct().Count();
        var (ofRows, ofInteraction) = (0.0, 0.0);
        for (var r = 0; r < rows; r++)
        {
            int[] stratum = [.. Enumerable.Range(0, rows).Where(row => classes[row] == classes[r])];
            var ofClass = stratum.Average(row => values.Average(seed => seed[row]));
            var ofRow = values.Average(seed => seed[r]);
            ofRows += seeds * Math.Pow(ofRow - ofClass, 2) / freedom;
            ofInteraction += values.Sum(seed =>
                Math.Pow(seed[r] - ofRow - stratum.Average(row => seed[row]) + ofClass, 2) / freedom / (seeds - 1)
            );
        }
        return (ofSeeds, ofRows, ofInteraction);
    }
}
