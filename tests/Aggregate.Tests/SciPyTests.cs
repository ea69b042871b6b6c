using System.Globalization;
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
