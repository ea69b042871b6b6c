namespace Pipeline.Numerics.Tests;

public sealed class StudentTTests
{
    public static TheoryData<double> DegreesOfFreedom => [1, 1.5, 2, 4, 9, 100, 1e6];

    [Theory]
    [MemberData(nameof(DegreesOfFreedom))]
    public void Limits_and_centre_are_exact(double degreesOfFreedom)
    {
        Assert.Equal(0, StudentT.Cdf(double.NegativeInfinity, degreesOfFreedom));
        Assert.Equal(0.5, StudentT.Cdf(0, degreesOfFreedom));
        Assert.Equal(1, StudentT.Cdf(double.PositiveInfinity, degreesOfFreedom));
        Assert.Equal(double.NaN, StudentT.Cdf(double.NaN, degreesOfFreedom));
        Assert.Equal(double.NegativeInfinity, StudentT.Quantile(0, degreesOfFreedom));
        Assert.Equal(0, StudentT.Quantile(0.5, degreesOfFreedom));
        Assert.Equal(double.PositiveInfinity, StudentT.Quantile(1, degreesOfFreedom));
        Assert.Equal(double.NaN, StudentT.Quantile(double.NaN, degreesOfFreedom));
    }

    [Theory]
    [MemberData(nameof(DegreesOfFreedom))]
    public void The_distribution_function_rises_and_is_symmetric(double degreesOfFreedom)
    {
        var previous = 0.5;
        for (var t = 0.03125; t < 8; t += 0.03125)
        {
            var value = StudentT.Cdf(t, degreesOfFreedom);
            Assert.True(value > previous);
            Assert.Equal(1, value + StudentT.Cdf(-t, degreesOfFreedom), 1e-15);
            previous = value;
        }
    }

    [Theory]
    [MemberData(nameof(DegreesOfFreedom))]
    public void The_quantile_undoes_the_distribution_function(double degreesOfFreedom)
    {
        for (var p = 1 / 64.0; p < 1; p += 1 / 64.0)
            Assert.Equal(p, StudentT.Cdf(StudentT.Quantile(p, degreesOfFreedom), degreesOfFreedom), 1e-14);
    }

    [Fact]
    public void One_degree_of_freedom_is_the_Cauchy_distribution() => Assert.Equal(0.75, StudentT.Cdf(1, 1), 15);

    [Fact]
    public void Two_degrees_of_freedom_have_a_closed_form()
    {
        // F(t) = ½ + t/(2√(2 + t²)).
        Assert.Equal(0.5 + (3 / (2 * Math.Sqrt(11))), StudentT.Cdf(3, 2), 15);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void Degrees_of_freedom_outside_their_range_are_refused(double degreesOfFreedom)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Cdf(0, degreesOfFreedom));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(0.5, degreesOfFreedom));
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(1.0000001)]
    [InlineData(double.PositiveInfinity)]
    public void A_probability_outside_0_to_1_is_refused(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(p, 3));
}
