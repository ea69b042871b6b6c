using System.Globalization;
using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Stages.Aggregate.Tests;

/// <summary>Agreement with SciPy on what <c>SciPy/golden.py</c> wrote.</summary>
public sealed class SciPyTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void The_t_test_agrees() =>
        Assert.All(
            Rows("t_tests"),
            row =>
            {
                var test = Comparison.Of(PairedSample.Of(row[0], new double[row[0].Length]), 0);

                AssertNear(row[1][0], test.Greater);
                AssertNear(row[2][0], test.Less);
            }
        );

    [Fact]
    public void The_quantile_of_an_interval_agrees() =>
        Assert.All(Rows("quantiles"), row => AssertNear(row[1][0], Statistics.IntervalQuantile((int)row[0][0] + 1)));

    [Fact]
    public void The_adjustment_agrees() =>
        Assert.All(
            Rows("holm"),
            row => Assert.All(row[1].Zip(Holm.Adjust(row[0])), pair => AssertNear(pair.First, pair.Second))
        );

    [Fact]
    public void The_crossed_variance_and_its_test_agree() =>
        Assert.All(
            Rows("crossed"),
            row =>
            {
                int[] labels = TestRows.Labels([.. row[0].Select(size => (int)size)]);
                var sample = TestRows.Pairs(Seeds(row[1], labels.Length), Seeds(row[2], labels.Length), labels);

                var comparison = Comparison.Of(sample, row[3][0]);

                Assert.Equal(ClaimTest.Crossed, comparison.Test);
                var (seeds, rows) = (comparison.Variance!.Seeds, comparison.Variance.Rows);
                AssertNear(row[4][0], seeds.Variance);
                AssertNear(row[4][1], seeds.DegreesOfFreedom);
                AssertNear(row[4][2], rows.Variance);
                AssertNear(row[4][3], rows.DegreesOfFreedom);
                AssertNear(row[4][4], comparison.Mean!.Value);
                AssertNear(row[5][0], comparison.Greater);
                AssertNear(row[6][0], comparison.Less);
            }
        );

    [Fact]
    public void The_sign_test_agrees() =>
        Assert.All(
            Rows("signs"),
            row =>
            {
                var test = new SignTest((int)row[0][0], (int)row[1][0]);

                AssertNear(row[2][0], test.Greater);
                AssertNear(row[3][0], test.Less);
            }
        );

    [Fact]
    public void The_interval_of_a_share_agrees() =>
        Assert.All(
            Rows("binomial"),
            row =>
            {
                var (low, high) = ExactBinomial.Interval((int)row[0][0], (int)row[1][0], row[2][0]);

                AssertNear(row[3][0], low);
                AssertNear(row[4][0], high);
            }
        );

    private static bool[][] Seeds(double[] bits, int rows) => [.. bits.Select(bit => bit == 1).Chunk(rows)];

    private static void AssertNear(double expected, double actual) =>
        Assert.Equal(expected, actual, Tolerance * Math.Abs(expected));

    private static IReadOnlyList<double[][]> Rows(string name)
    {
        using var stream = typeof(SciPyTests).Assembly.GetManifestResourceStream($"SciPy/{name}.csv")!;
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(1).Select(line => Array.ConvertAll(line.Split(','), Numbers))];
    }

    private static double[] Numbers(string field) =>
        Array.ConvertAll(field.Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture));
}
