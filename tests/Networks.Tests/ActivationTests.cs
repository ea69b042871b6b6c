namespace Pipeline.Networks.Tests;

public sealed class ActivationTests
{
    private const float Tolerance = 2e-6f;

    public static TheoryData<string> Activations() => [.. ActivationCatalogue.Names];

    [Theory]
    [InlineData("relu", -2, 0)]
    [InlineData("relu", 3, 3)]
    [InlineData("leaky_relu", -2, -0.02)]
    [InlineData("leaky_relu", 3, 3)]
    [InlineData("sigmoid", 1.5, 0.81757448)]
    [InlineData("tanh", -0.5, -0.46211716)]
    [InlineData("gelu", 1, 0.84134475)]
    [InlineData("gelu", -0.75, -0.16997051)]
    public void An_activation_has_its_known_value(string name, float x, double expected)
    {
        var y = new float[1];
        ActivationCatalogue.Create(name, []).Forward([x], y);
        Assert.Equal(expected, y[0], Tolerance);
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void A_NaN_stays_a_NaN(string name)
    {
        var operation = Samples.Activations.Single(o => o.Name == name);
        var y = new float[17];
        ActivationCatalogue.Create(name, operation.ArgumentArray).Forward([.. Enumerable.Repeat(float.NaN, 17)], y);
        Assert.All(y, value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void The_slope_of_leaky_relu_is_an_argument()
    {
        var y = new float[2];
        ActivationCatalogue.Create("leaky_relu", [0.25]).Forward([-4, 4], y);
        Assert.Equal([-1f, 4f], y);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_slope_out_of_range_is_refused(double slope) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivationCatalogue.Create("leaky_relu", [slope]));
}
