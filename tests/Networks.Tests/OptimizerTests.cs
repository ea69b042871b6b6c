namespace Pipeline.Networks.Tests;

public sealed class OptimizerTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    public void Sgd_follows_its_formula_over_ten_steps(double momentum)
    {
        var sut = OptimizerCatalogue.Create("sgd", [momentum]);
        var (w, state) = (new[] { 1f, -2f }, new float[2 * sut.StatePerParameter]);
        double[] expected = [1, -2];
        double[] velocity = [0, 0];
        for (var step = 1; step <= 10; step++)
        {
            // The gradient of w²: what a step does depends on all before it.
            sut.Step([2 * w[0], 2 * w[1]], 0.05f, step, state, w);
            for (var i = 0; i < 2; i++)
            {
                velocity[i] = (momentum * velocity[i]) + (2 * expected[i]);
                expected[i] -= 0.05 * velocity[i];
                Assert.Equal(expected[i], w[i], Tolerance);
            }
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_momentum_out_of_range_is_refused(double momentum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OptimizerCatalogue.Create("sgd", [momentum]));
}
