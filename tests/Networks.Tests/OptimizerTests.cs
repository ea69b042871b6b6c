using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Networks.Tests;

/// <summary>Every rule follows its formula, calculated in double precision over ten steps down the slope of Σw².</summary>
public sealed class OptimizerTests
{
    private const double Tolerance = 1e-5;
    private const double Rate = 0.05;
    private const int Parameters = 19;

    /// <summary>
    /// One parameter's step: what it becomes, of itself, the gradient, the number of the step and two
    /// values kept from step to step.
    /// </summary>
    private delegate double Rule(double w, double g, int step, double[] state);

    [Fact]
    public void Sgd_follows_its_formula() => AssertFollows(new(Operation.Of("sgd")), (w, g, _, _) => w - (Rate * g));

    [Fact]
    public void Sgd_with_momentum_follows_its_formula() => AssertFollows(new(Operation.Of("sgd", 0.9)), Momentum(0.9));

    [Fact]
    public void Sgd_with_weight_decay_follows_its_formula() =>
        AssertFollows(
            new(Operation.Of("sgd", 0.9)) { WeightDecay = 0.3 },
            (w, g, step, state) => Momentum(0.9)(w, g + (0.3 * w), step, state)
        );

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void Nesterov_follows_its_formula(double decay) =>
        AssertFollows(
            new(Operation.Of("nesterov", 0.8)) { WeightDecay = decay },
            (w, g, _, state) =>
            {
                g += decay * w;
                state[0] = (0.8 * state[0]) + g;
                return w - (Rate * (g + (0.8 * state[0])));
            }
        );

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Adam_follows_its_formula(string name)
    {
        AssertFollows(new(Operation.Of(name)), Adam(0.9, 0.999, 1e-8));
        AssertFollows(new(Operation.Of(name, 0.6, 0.7, 0.01)), Adam(0.6, 0.7, 0.01));
    }

    [Fact]
    public void Adam_decays_through_the_gradient() =>
        AssertFollows(
            new(Operation.Of("adam")) { WeightDecay = 0.3 },
            (w, g, step, state) => Adam(0.9, 0.999, 1e-8)(w, g + (0.3 * w), step, state)
        );

    [Fact]
    public void Adamw_decays_weights_directly() =>
        AssertFollows(
            new(Operation.Of("adamw")) { WeightDecay = 0.3 },
            (w, g, step, state) => Adam(0.9, 0.999, 1e-8)(w - (Rate * 0.3 * w), g, step, state)
        );

    [Theory]
    [InlineData("sgd", -0.1)]
    [InlineData("sgd", 1.0)]
    [InlineData("sgd", 0.9999999999)]
    [InlineData("sgd", double.NaN)]
    [InlineData("nesterov", -0.1)]
    [InlineData("nesterov", 1.0)]
    [InlineData("adam", 1.0)]
    [InlineData("adam", 0.9, -0.1)]
    [InlineData("adam", 0.9, 0.999, 0.0)]
    [InlineData("adam", 0.9, 0.999, 1e-50)]
    [InlineData("adamw", double.NaN)]
    [InlineData("adamw", 0.9, 1.0)]
    [InlineData("adamw", 0.9, 0.999, 1.1)]
    public void An_argument_out_of_range_is_refused(string name, params double[] arguments) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OptimizerCatalogue.Create(name, arguments));

    private static Rule Momentum(double momentum) =>
        (w, g, _, state) =>
        {
            state[0] = (momentum * state[0]) + g;
            return w - (Rate * state[0]);
        };

    private static Rule Adam(double beta1, double beta2, double epsilon) =>
        (w, g, step, state) =>
        {
            state[0] = (beta1 * state[0]) + ((1 - beta1) * g);
            state[1] = (beta2 * state[1]) + ((1 - beta2) * g * g);
            var (m, v) = (state[0] / (1 - Math.Pow(beta1, step)), state[1] / (1 - Math.Pow(beta2, step)));
            return w - (Rate * m / (Math.Sqrt(v) + epsilon));
        };

    private static void AssertFollows(OptimizerSettings settings, Rule rule)
    {
        var w = Samples.Normals(Parameters);
        var expected = Array.ConvertAll(w, v => (double)v);
        var states = Array.ConvertAll(w, _ => new double[2]);
        var update = new Update(settings, Parameters);
        for (var step = 1; step <= 10; step++)
        {
            update.Step(Array.ConvertAll(w, v => 2 * v), (float)Rate, w);
            for (var i = 0; i < Parameters; i++)
            {
                expected[i] = rule(expected[i], 2 * expected[i], step, states[i]);
                Assert.Equal(expected[i], w[i], Tolerance);
            }
        }
    }
}
