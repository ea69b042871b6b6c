using Pipeline.Networks.Activations;

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
    [InlineData("hard_threshold", 0.1, 1)]
    [InlineData("hard_threshold", 0, 0)]
    [InlineData("elu", -1, -0.63212056)]
    [InlineData("selu", -1, -1.1113307)]
    [InlineData("softplus", -30, 9.3576230e-14)]
    [InlineData("mish", -1, -0.30340146)]
    [InlineData("mish", 50, 50)]
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

    [Fact]
    public void The_gradient_goes_straight_through_a_hard_threshold()
    {
        var dx = new float[3];
        ActivationCatalogue.Create("hard_threshold", []).Backward([-1, 0, 1], [0, 0, 1], [2, 3, 4], dx);
        Assert.Equal([2f, 3f, 4f], dx);
    }

    [Theory]
    [InlineData(0.5, 1, 1.5, 2)]
    [InlineData(0, 0, 0, 0)]
    public void By_a_slope_of_its_own(double slope, float first, float second, float third)
    {
        var (y, dx) = (new float[3], new float[3]);
        var activation = ActivationCatalogue.Create("hard_threshold", [slope]);
        activation.Forward([-1, 0, 1], y);
        activation.Backward([-1, 0, 1], y, [2, 3, 4], dx);
        Assert.Equal([0f, 0f, 1f], y);
        Assert.Equal([first, second, third], dx);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.PositiveInfinity)]
    public void The_slope_of_a_step_is_no_negative_number(double slope) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivationCatalogue.Create("hard_threshold", [slope]));

    [Theory]
    [InlineData(2)]
    [InlineData(33)]
    [InlineData(1024)]
    [InlineData(65536)]
    public void The_error_of_a_table_of_sigmoids_is_as_documented(int size)
    {
        var x = Enumerable.Range(-100_000, 200_001).Select(i => i / 10_000f).ToArray();
        var (y, exact) = (new float[x.Length], new float[x.Length]);
        ActivationCatalogue.Create("sigmoid_table", [size]).Forward(x, y);
        ActivationCatalogue.Create("sigmoid", []).Forward(x, exact);
        var errors = y.Zip(exact, (table, sigmoid) => Math.Abs(table - sigmoid)).ToArray();
        Assert.InRange(errors.Where((_, i) => Math.Abs(x[i]) <= 8).Max(), 0, (2.0 / (size - 1)) + 1e-6);
        Assert.InRange(errors.Where((_, i) => Math.Abs(x[i]) > 8).Max(), 0, 0.00034);
    }

    [Fact]
    public void The_gradient_of_a_table_of_sigmoids_follows_from_its_entries()
    {
        var dx = new float[2];
        ActivationCatalogue.Create("sigmoid_table", []).Backward([9, 9], [0.25f, 0.5f], [2, 2], dx);
        Assert.Equal([0.375f, 0.5f], dx);
    }
}
