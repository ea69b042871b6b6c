using Pipeline.Networks.Schedules;

namespace Pipeline.Networks.Tests;

public sealed class ScheduleTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Schedules() => [.. ScheduleCatalogue.Names];

    [Theory]
    [InlineData("constant", 0, 1)]
    [InlineData("constant", 19.9, 1)]
    [InlineData("step", 0, 1, 10.0)]
    [InlineData("step", 9.99, 1, 10.0)]
    [InlineData("step", 10, 0.1, 10.0)]
    [InlineData("step", 19.99, 0.1, 10.0)]
    [InlineData("step", 8.5, 0.25, 3.0, 0.5)]
    [InlineData("step", 15, 1, 3.0, 1.0)]
    [InlineData("cosine", 0, 1)]
    [InlineData("cosine", 5, 0.85355339059327373)] // (1 + √½)/2
    [InlineData("cosine", 10, 0.5)]
    [InlineData("cosine", 15, 0.14644660940672627)]
    [InlineData("cosine", 10, 0.6, 0.2)]
    [InlineData("cosine", 10, 1, 1.0)]
    [InlineData("linear_warmup", 0, 0.01)]
    [InlineData("linear_warmup", 0.5, 0.505)]
    [InlineData("linear_warmup", 1, 1)]
    [InlineData("linear_warmup", 12, 1)]
    [InlineData("linear_warmup", 1, 0.4, 4.0, 0.2)]
    [InlineData("linear_warmup", 0.125, 0.25, 0.5, 0.0)]
    public void The_factor_of_an_epoch_of_twenty_is_that_of_the_formula(
        string name,
        double epoch,
        double expected,
        params double[] arguments
    ) => Assert.Equal(expected, ScheduleCatalogue.Create(name, arguments).Factor(epoch, epochs: 20), Tolerance);

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_factor_is_never_negative_nor_more_than_1(string name)
    {
        var operation = Samples.Schedules.Single(o => o.Name == name);
        var sut = ScheduleCatalogue.Create(name, operation.ArgumentArray);
        for (var epoch = 0.0; epoch < 30; epoch += 1 / 64.0)
            Assert.InRange(sut.Factor(epoch, epochs: 30), 0, 1);
    }

    [Theory]
    [InlineData("step", 0.0)]
    [InlineData("step", -1.0)]
    [InlineData("step", 1.5)]
    [InlineData("step", 1.0, 0.0)]
    [InlineData("step", 1.0, 1.1)]
    [InlineData("step", 1.0, double.NaN)]
    [InlineData("cosine", -0.1)]
    [InlineData("cosine", 1.1)]
    [InlineData("cosine", double.NaN)]
    [InlineData("linear_warmup", 0.0)]
    [InlineData("linear_warmup", -1.0)]
    [InlineData("linear_warmup", double.PositiveInfinity)]
    [InlineData("linear_warmup", 1.0, -0.1)]
    [InlineData("linear_warmup", 1.0, 1.1)]
    public void An_argument_out_of_range_is_refused(string name, params double[] arguments)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => ScheduleCatalogue.Create(name, arguments));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_epochs_between_steps_have_to_be_given()
    {
        var error = Assert.Throws<ArgumentException>(() => ScheduleCatalogue.Create("step", []));
        Assert.Equal("step takes 1 to 2 arguments (every, decay), not 0.", error.Message);
    }
}
