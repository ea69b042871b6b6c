using System.Globalization;

namespace Pipeline.Numerics.Tests;

public sealed class Float64Tests
{
    private const double Ulp = 2.220446049250313e-16;

    [Theory]
    [InlineData("exp", Ulp)]
    [InlineData("log", Ulp)]
    [InlineData("log10", 2 * Ulp)]
    [InlineData("pow", 5e-15)]
    [InlineData("sin", Ulp)]
    [InlineData("cos", Ulp)]
    [InlineData("log_gamma", 5e-15)]
    [InlineData("incomplete_beta", 1e-13)]
    [InlineData("t_cdf", 1e-13)]
    [InlineData("t_quantile", 1e-13)]
    public void A_function_agrees_with_its_table_of_high_precision_values(string function, double tolerance)
    {
        var rows = TabledValues.Of(function);

        Assert.NotEmpty(rows);
        Assert.All(
            rows,
            row =>
            {
                // Next to zero a double can't hold a relative error that small.
                var limit = Math.Max(Math.Abs(row.Expected) * tolerance, double.Epsilon);
                Assert.True(Math.Abs(row.Actual - row.Expected) <= limit, $"{row.Call}: computed {row.Actual:R}");
            }
        );
    }

    [Fact]
    public void Exp_of_special_values()
    {
        Assert.Equal(1, Float64.Exp(0));
        Assert.Equal(0, Float64.Exp(double.NegativeInfinity));
        Assert.Equal(0, Float64.Exp(-745.2));
        Assert.Equal(double.Epsilon, Float64.Exp(-745.1));
        Assert.Equal(double.PositiveInfinity, Float64.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Float64.Exp(709.79));
        Assert.Equal(double.NaN, Float64.Exp(double.NaN));
    }

    [Fact]
    public void Log_of_special_values()
    {
        Assert.Equal(0, Float64.Log(1));
        Assert.Equal(double.NegativeInfinity, Float64.Log(0));
        Assert.Equal(double.NegativeInfinity, Float64.Log(-0.0));
        Assert.Equal(double.PositiveInfinity, Float64.Log(double.PositiveInfinity));
        Assert.Equal(double.NaN, Float64.Log(-1));
        Assert.Equal(double.NaN, Float64.Log(double.NegativeInfinity));
        Assert.Equal(double.NaN, Float64.Log(double.NaN));
    }

    [Fact]
    public void Log10_of_special_values()
    {
        Assert.Equal(double.NegativeInfinity, Float64.Log10(0));
        Assert.Equal(double.NegativeInfinity, Float64.Log10(-0.0));
        Assert.Equal(double.PositiveInfinity, Float64.Log10(double.PositiveInfinity));
        Assert.Equal(double.NaN, Float64.Log10(-1));
        Assert.Equal(double.NaN, Float64.Log10(double.NegativeInfinity));
        Assert.Equal(double.NaN, Float64.Log10(double.NaN));
    }

    [Fact]
    public void Log10_of_a_power_of_ten_is_its_exponent()
    {
        for (var n = -307; n <= 308; n++)
            Assert.Equal(n, Float64.Log10(double.Parse($"1e{n}", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(double.PositiveInfinity, 0, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(-3, 0, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(1, double.NegativeInfinity, 1)]
    [InlineData(-1, double.PositiveInfinity, 1)]
    [InlineData(-1, double.NegativeInfinity, 1)]
    [InlineData(2, double.NaN, double.NaN)]
    [InlineData(double.NaN, 1, double.NaN)]
    [InlineData(-2, 0.5, double.NaN)]
    [InlineData(-2, -1e-300, double.NaN)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 0.5, 0)]
    [InlineData(0, -2, double.PositiveInfinity)]
    [InlineData(0, -3, double.PositiveInfinity)]
    [InlineData(-0.0, 3, -0.0)]
    [InlineData(-0.0, 2, 0)]
    [InlineData(-0.0, 2.5, 0)]
    [InlineData(-0.0, -3, double.NegativeInfinity)]
    [InlineData(-0.0, -2, double.PositiveInfinity)]
    [InlineData(-0.0, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(0.5, double.PositiveInfinity, 0)]
    [InlineData(0.5, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(-1.5, double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1.5, double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, 0.1, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, -0.1, 0)]
    [InlineData(double.NegativeInfinity, 3, double.NegativeInfinity)]
    [InlineData(double.NegativeInfinity, 2, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 0.5, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, -3, -0.0)]
    [InlineData(double.NegativeInfinity, -0.5, 0)]
    [InlineData(-2, 9007199254740993, double.PositiveInfinity)]
    [InlineData(-0.5, 1e300, 0)]
    [InlineData(10, 309, double.PositiveInfinity)]
    [InlineData(-10, 309, double.NegativeInfinity)]
    [InlineData(10, -324, 0)]
    [InlineData(-10, -325, -0.0)]
    [InlineData(2, -1074, double.Epsilon)]
    [InlineData(1.7976931348623157e308, 1.7976931348623157e308, double.PositiveInfinity)]
    [InlineData(1.7976931348623157e308, -1.7976931348623157e308, 0)]
    [InlineData(double.Epsilon, double.Epsilon, 1)]
    public void Pow_of_special_values(double x, double y, double expected)
    {
        var actual = Float64.Pow(x, y);

        Assert.Equal(expected, actual);
        Assert.True(
            double.IsNaN(expected) || double.IsNegative(expected) == double.IsNegative(actual),
            "The sign of zero differs."
        );
    }

    [Fact]
    public void Pow_is_exact_where_its_result_is_a_double()
    {
        for (var n = -1074; n <= 1023; n++)
            Assert.Equal(Math.ScaleB(1, n), Float64.Pow(2, n));
        for (var x = 3; x <= 1000; x++)
        {
            var exact = 1L;
            for (var n = 1; exact <= (1L << 53) / x; n++)
            {
                exact *= x;
                Assert.Equal(exact, Float64.Pow(x, n));
                Assert.Equal(x, Float64.Pow(exact, 1.0 / n), 1e-12);
            }
            Assert.Equal(x, Float64.Pow((double)x * x, 0.5));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1099511627776.0002)]
    [InlineData(-1e300)]
    public void Sin_and_cos_beyond_their_range_are_NaN(double x)
    {
        Assert.Equal(double.NaN, Float64.Sin(x));
        Assert.Equal(double.NaN, Float64.Cos(x));
    }

    [Fact]
    public void Sin_and_cos_of_zero_are_exact()
    {
        Assert.Equal(1, Float64.Cos(0));
        Assert.Equal(1, Float64.Cos(-0.0));
        Assert.Equal(0L, BitConverter.DoubleToInt64Bits(Float64.Sin(0)));
        Assert.Equal(long.MinValue, BitConverter.DoubleToInt64Bits(Float64.Sin(-0.0)));
        Assert.Equal(double.Epsilon, Float64.Sin(double.Epsilon));
    }

    [Fact]
    public void Sin_is_odd_cos_is_even_and_their_squares_sum_to_1()
    {
        for (var x = 0.0; x < 1e6; x = (x * 1.003) + 0.01)
        {
            var (sin, cos) = (Float64.Sin(x), Float64.Cos(x));
            Assert.Equal(-sin, Float64.Sin(-x));
            Assert.Equal(cos, Float64.Cos(-x));
            Assert.Equal(1, (sin * sin) + (cos * cos), 4 * Ulp);
        }
    }

    [Fact]
    public void LogGamma_of_special_values()
    {
        Assert.Equal(0, Float64.LogGamma(1));
        Assert.Equal(0, Float64.LogGamma(2));
        Assert.Equal(double.PositiveInfinity, Float64.LogGamma(0));
        Assert.Equal(double.PositiveInfinity, Float64.LogGamma(2.6e305));
        Assert.Equal(double.PositiveInfinity, Float64.LogGamma(double.PositiveInfinity));
        Assert.Equal(double.NaN, Float64.LogGamma(-0.5));
        Assert.Equal(double.NaN, Float64.LogGamma(double.NegativeInfinity));
        Assert.Equal(double.NaN, Float64.LogGamma(double.NaN));
    }

    [Theory]
    [InlineData(2, 3, 0, 0)]
    [InlineData(2, 3, 1, 1)]
    [InlineData(0, 3, 0.5, double.NaN)]
    [InlineData(2, -1, 0.5, double.NaN)]
    [InlineData(2, double.PositiveInfinity, 0.5, double.NaN)]
    [InlineData(double.NaN, 3, 0.5, double.NaN)]
    [InlineData(2, 3, -0.1, double.NaN)]
    [InlineData(2, 3, 1.1, double.NaN)]
    [InlineData(2, 3, double.NaN, double.NaN)]
    public void IncompleteBeta_at_and_beyond_the_ends_of_its_ranges(double a, double b, double x, double expected) =>
        Assert.Equal(expected, Float64.IncompleteBeta(a, b, x));

    [Fact]
    public void IncompleteBeta_of_whole_numbers_is_a_binomial_tail()
    {
        // I(2, 3; x) = P(at least 2 of 4) = 6x²(1 − x)² + 4x³(1 − x) + x⁴ = 0.1808 at x = 0.2.
        Assert.Equal(0.1808, Float64.IncompleteBeta(2, 3, 0.2), 15);
    }

    [Theory]
    [InlineData(1e6, 1e6, 0.5, 0.5)]
    [InlineData(1e12, 1e12, 0.5, 0.5)]
    [InlineData(1, 1e300, 1e-300, 0.6321205588285577)]
    [InlineData(0.001, 1e9, 0.9, 1)]
    public void IncompleteBeta_comes_to_an_end_for_arguments_of_any_size(
        double a,
        double b,
        double x,
        double expected
    ) => Assert.Equal(expected, Float64.IncompleteBeta(a, b, x), 1e-9);

    [Fact]
    public void Exp_and_log_undo_each_other_across_the_whole_range()
    {
        for (var x = -708.0; x < 709; x += 0.37)
            Assert.Equal(x, Float64.Log(Float64.Exp(x)), 2e-15 * Math.Max(1, Math.Abs(x)));
    }

    [Fact]
    public void LogGamma_fulfils_its_recurrence_across_all_its_branches()
    {
        for (var x = 0.0625; x < 15; x += 0.0625)
        {
            var left = Float64.LogGamma(x + 1);
            var right = Float64.LogGamma(x) + Float64.Log(x);
            Assert.Equal(left, right, 1e-14 * Math.Max(1, Math.Abs(left)));
        }
    }
}
