using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

public sealed class InitialWeightsTests
{
    private const double DeviationTolerance = 0.02;

    public static TheoryData<string> Initializers() => [.. Samples.Initializers.Select(operation => operation.Name)];

    [Theory]
    [InlineData("zeros", 0)]
    [InlineData("normal", 0.01)]
    [InlineData("xavier_normal", 0.0625)] // √(2/(384 + 128))
    [InlineData("xavier_uniform", 0.0625)]
    [InlineData("he_normal", 0.0721687836)] // √(2/384)
    [InlineData("he_uniform", 0.0721687836)]
    public void Weights_have_the_deviation_of_their_initializer(string name, double expected)
    {
        var operation = name == "normal" ? Operation.Of(name, 0.01) : Operation.Of(name);
        var weight = InitialWeights.Create(
            Samples.Mlp(inputs: 384, depth: 1, width: 128) with
            {
                Initialization = operation,
            },
            seed: 5
        )[0];
        Assert.Equal([128, 384], weight.Shape);
        var mean = weight.Values.Average(w => (double)w);
        var deviation = Math.Sqrt(weight.Values.Average(w => (w - mean) * (w - mean)));
        Assert.Equal(expected, deviation, DeviationTolerance * expected);
        Assert.Equal(0, mean, DeviationTolerance * expected);
    }

    [Theory]
    [InlineData("xavier_uniform", 0.108253175)]
    [InlineData("he_uniform", 0.125)]
    public void Uniform_weights_fill_their_interval(string name, double bound)
    {
        var values = InitialWeights
            .Create(Samples.Mlp(inputs: 384, depth: 1, width: 128, initialization: name), seed: 5)[0]
            .Values;
        Assert.InRange(values.Max(), 0.999 * bound, bound * 1.000001);
        Assert.InRange(values.Min(), -bound * 1.000001, -0.999 * bound);
    }

    [Theory]
    [MemberData(nameof(Initializers))]
    public void A_seed_always_gives_the_same_weights(string name)
    {
        var description = Samples.Mlp() with { Initialization = Samples.Initializers.Single(o => o.Name == name) };
        var (first, second) = (
            InitialWeights.Create(description, seed: 9),
            InitialWeights.Create(description, seed: 9)
        );
        Assert.All(
            first.Zip(second),
            pair => Samples.AssertSameBits(pair.First.Values, pair.Second.Values, pair.First.Name)
        );
    }

    [Fact]
    public void Seeds_and_layers_have_weights_of_their_own()
    {
        var description = Samples.Mlp(inputs: 9, depth: 2, width: 9);
        var (first, second) = (
            InitialWeights.Create(description, seed: 1),
            InitialWeights.Create(description, seed: 2)
        );
        Assert.NotEqual(first[0].Values, second[0].Values);
        Assert.NotEqual(first[0].Values, first[2].Values);
    }

    [Fact]
    public void Networks_that_differ_in_activation_or_normalization_share_their_weights()
    {
        var expected = Weights("relu", "none");
        foreach (var activation in ActivationCatalogue.Names)
        {
            foreach (var normalization in new[] { "none", "batch", "layer", "rms" })
                Assert.Equal(expected, Weights(activation, normalization));
        }

        static float[] Weights(string activation, string normalization)
        {
            var description = Samples.Mlp(activation: activation, normalization: normalization);
            var roles = description.Tensors().Select(t => t.Role);
            return
            [
                .. InitialWeights
                    .Create(description, seed: 4)
                    .Zip(roles)
                    .Where(t => t.Second is TensorRole.Weight)
                    .SelectMany(t => t.First.Values),
            ];
        }
    }

    [Fact]
    public void Biases_and_running_means_start_at_0_and_scales_and_variances_at_1()
    {
        var tensors = InitialWeights.Create(
            Samples.Mlp(depth: 1, width: 2, classes: 3, normalization: "batch"),
            seed: 1
        );
        Assert.Equal(
            [
                "layers.0.linear.weight",
                "layers.0.normalization.weight",
                "layers.0.normalization.bias",
                "layers.0.normalization.running_mean",
                "layers.0.normalization.running_var",
                "output.weight",
                "output.bias",
            ],
            tensors.Select(t => t.Name)
        );
        Assert.Equal([1f, 1f], tensors[1].Values);
        Assert.Equal([0f, 0f], tensors[2].Values);
        Assert.Equal([0f, 0f], tensors[3].Values);
        Assert.Equal([1f, 1f], tensors[4].Values);
        Assert.Equal([0f, 0f, 0f], tensors[6].Values);
    }

    [Fact]
    public void A_linear_layer_has_a_bias_unless_the_normalization_shifts()
    {
        Assert.Contains(Samples.Mlp(normalization: "none").Tensors(), t => t.Name == "layers.0.linear.bias");
        Assert.DoesNotContain(Samples.Mlp(normalization: "batch").Tensors(), t => t.Name == "layers.0.linear.bias");
        Assert.DoesNotContain(Samples.Mlp(normalization: "layer").Tensors(), t => t.Name == "layers.0.linear.bias");
    }

    [Fact]
    public void The_initial_bias_is_that_of_every_linear_layer_and_convolution_but_of_no_normalization()
    {
        var description = Samples.Cnn(new(1, 4, 4), depth: 1, width: 2, normalization: "batch") with
        {
            Position = NormalizationPosition.AfterActivation,
            InitialBias = 0.25,
        };
        var tensors = InitialWeights.Create(description, seed: 1).ToDictionary(t => t.Name, t => t.Values);
        Assert.Equal([0.25f, 0.25f], tensors["stages.0.convolution.bias"]);
        Assert.Equal([0f, 0f], tensors["stages.0.normalization.bias"]);
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], tensors["output.bias"]);
    }

    // Its weights draw from the streams that they would draw from anyway: all others stay as they are.
    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    public void The_last_weights_of_each_branch_may_begin_otherwise(string normalization)
    {
        var description = new ResCnnDescription(
            new(1, 4, 4),
            Depth: 2,
            Width: 3,
            Classes: 2,
            Operation.Of("relu"),
            Operation.Of("he_normal"),
            Operation.Of(normalization)
        );
        var plain = InitialWeights.Create(description, seed: 3);
        var changed = InitialWeights.Create(description with { BranchInitialization = Operation.Of("zeros") }, seed: 3);
        string[] ends = ["blocks.0.body.1.convolution.weight", "blocks.1.body.1.convolution.weight"];
        foreach (var (before, after) in plain.Zip(changed))
        {
            if (!ends.Contains(before.Name))
            {
                Samples.AssertSameBits(before.Values, after.Values, before.Name);
                continue;
            }
            Assert.All(after.Values, weight => Assert.Equal(0, weight));
            Assert.Contains(before.Values, weight => weight != 0);
        }
        Assert.Equal(2, changed.Count(tensor => ends.Contains(tensor.Name)));
    }

    // f(x + 0) is x where f is the identity: the stem and the output are all there is.
    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    [InlineData("rms")]
    public void Zeros_make_each_block_the_identity_at_first(string normalization)
    {
        var shallow = new ResMlpDescription(
            3,
            Depth: 1,
            Width: 4,
            Classes: 2,
            Operation.Of("identity"),
            Operation.Of("orthogonal"),
            Operation.Of(normalization)
        )
        {
            BranchInitialization = Operation.Of("zeros"),
        };
        var deep = shallow with { Depth = 3 };
        var (x, logits, deepLogits) = (Samples.Normals(5 * 3), new float[10], new float[10]);
        var weights = InitialWeights.Create(shallow, seed: 2);
        new Network(shallow, weights, Samples.Sgd, Samples.CrossEntropy, 5).Logits(x, logits);
        IReadOnlyList<NamedTensor> deepWeights =
        [
            .. InitialWeights
                .Create(deep, seed: 2)
                .Select(tensor => weights.SingleOrDefault(same => same.Name == tensor.Name) ?? tensor),
        ];
        new Network(deep, deepWeights, Samples.Sgd, Samples.CrossEntropy, 5).Logits(x, deepLogits);

        Samples.AssertSameBits(logits, deepLogits, "logits");
        Assert.Contains(logits, logit => logit != 0);
    }

    [Fact]
    public void An_initializer_that_does_not_exist_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            InitialWeights.Create(Samples.Mlp(initialization: "he_norml"), seed: 1)
        );
        Assert.Equal("There is no initializer 'he_norml'; the nearest name is he_normal.", error.Message);
    }
}
