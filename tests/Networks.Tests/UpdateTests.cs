using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Networks.Tests;

public sealed class UpdateTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<double, double> Norms() =>
        new()
        {
            { 1, 0.5 },
            { 10, 0.01 },
            { 1e4, 1 },
            { 1e9, 2 },
            { 1e15, 1e-3 },
        };

    [Theory]
    [MemberData(nameof(Norms))]
    public void A_long_gradient_is_shortened_to_the_norm_and_keeps_its_direction(double norm, double clip)
    {
        var gradient = OfNorm(norm);
        var clipped = Clipped(gradient, clip);
        Assert.Equal(clip, Norm(clipped), Tolerance * clip);
        Assert.All(gradient.Zip(clipped), pair => Assert.Equal(pair.First / norm, pair.Second / clip, Tolerance));
    }

    [Theory]
    [InlineData(1, 1.01)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(1e9, double.PositiveInfinity)]
    [InlineData(0, 1)]
    public void A_short_gradient_stays_as_it_is(double norm, double clip)
    {
        var gradient = OfNorm(norm);
        Samples.AssertSameBits(gradient, Clipped(gradient, clip), "gradient");
    }

    [Fact]
    public void What_an_optimizer_keeps_is_laid_out_as_the_trained_tensors()
    {
        var description = Samples.Cnn(new(2, 8, 8), normalization: "batch");
        var network = Samples.Network(description, largestBatch: 6);
        Assert.All(
            network.OptimizerState().Single(),
            tensor => Assert.All(tensor.Values, value => Assert.Equal(0, value))
        );
        network.TrainStep(Samples.Normals(6 * 128), Samples.Labels(6, 4), 0.1f);
        var (velocity, gradients) = (network.OptimizerState().Single(), network.Gradients());
        Assert.Equal(gradients.Select(t => t.Name), velocity.Select(t => t.Name));
        foreach (var (expected, actual) in gradients.Zip(velocity))
        {
            Assert.Equal(expected.Shape, actual.Shape);
            Samples.AssertSameBits(expected.Values, actual.Values, expected.Name);
        }
    }

    [Fact]
    public void The_norm_is_that_of_all_parameters_together()
    {
        // Two layers: each gradient alone is shorter than what both are clipped to.
        var description = Samples.Mlp(inputs: 3, depth: 1, width: 4, classes: 2);
        var initial = InitialWeights.Create(description, seed: 2);
        var (x, labels) = (Array.ConvertAll(Samples.Normals(12), v => 9 * v), Samples.Labels(4, 2));
        var network = Built(double.PositiveInfinity);
        network.Differentiate(x, labels, dinputs: default);
        var gradients = network.Gradients();
        var norm = Norm([.. gradients.SelectMany(gradient => gradient.Values)]);
        Assert.All(gradients, gradient => Assert.True(Norm(gradient.Values) < 0.99 * norm));

        var clipped = Built(0.99 * norm);
        clipped.TrainStep(x, labels, 1);
        Assert.Equal(
            0.99 * norm,
            Norm([
                .. clipped.Tensors().Zip(initial).SelectMany(t => t.First.Values.Zip(t.Second.Values, (w, v) => w - v)),
            ]),
            Tolerance
        );

        Network Built(double clip) =>
            new(
                description,
                initial,
                new(Operation.Of("sgd")) { ClipNorm = clip },
                Samples.CrossEntropy,
                largestBatch: 4
            );
    }

    [Fact]
    public void Weights_decay_after_the_gradient_was_clipped()
    {
        float[] w = [10, -10];
        new Update(new(Operation.Of("sgd")) { WeightDecay = 0.1, ClipNorm = 5 }, w.Length).Step([30, 40], 1, w);
        Assert.All(w.Zip([10 - (3 + 1.0), -10 - (4 - 1.0)]), pair => Assert.Equal(pair.Second, pair.First, Tolerance));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e39)]
    public void A_weight_decay_out_of_range_is_refused(double decay) =>
        AssertRefused(
            new(Operation.Of("sgd")) { WeightDecay = decay },
            $"A weight decay must be finite and at least 0, not {decay}."
        );

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_norm_out_of_range_is_refused(double clip) =>
        AssertRefused(
            new(Operation.Of("sgd")) { ClipNorm = clip },
            $"The norm to which gradients are clipped must be greater than 0, not {clip}."
        );

    [Fact]
    public void A_rule_that_does_not_exist_is_refused() =>
        AssertRefused(new(Operation.Of("adamm")), "There is no optimizer 'adamm'; the nearest name is adam.");

    private static void AssertRefused(OptimizerSettings settings, string sentence)
    {
        var description = Samples.Mlp();
        var error = Assert.ThrowsAny<ArgumentException>(() =>
            new Network(
                description,
                InitialWeights.Create(description, 1),
                settings,
                Samples.CrossEntropy,
                largestBatch: 1
            )
        );
        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    private static float[] Clipped(float[] gradient, double clip)
    {
        var copy = (float[])gradient.Clone();
        new Update(new(Operation.Of("sgd")) { ClipNorm = clip }, copy.Length).Step(copy, 1, new float[copy.Length]);
        return copy;
    }

    private static float[] OfNorm(double norm)
    {
        var values = Samples.Normals(37);
        return Array.ConvertAll(values, v => (float)(v * norm / Norm(values)));
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(v => (double)v * v));
}
