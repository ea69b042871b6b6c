using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Initializers;
using Pipeline.Networks.Layers;
using Pipeline.Numerics;

namespace Pipeline.Networks.Tests;

public sealed class InitializerTests
{
    private const double Tolerance = 0.02;

    [Theory]
    [InlineData("zeros", 0)]
    [InlineData("normal", 0.01, 0.01)]
    [InlineData("uniform", 0.173205081, 0.3)] // 0.3/√3
    [InlineData("truncated_normal", 0.439813, 0.5)] // 0.879626 of the whole distribution's
    [InlineData("lecun_normal", 0.0589255651)] // √(1/288)
    [InlineData("he_normal", 0.0833333333)] // √(2/288)
    [InlineData("he_uniform", 0.0833333333)]
    [InlineData("xavier_normal", 0.0481125224)] // √(2/(288 + 576))
    [InlineData("xavier_uniform", 0.0481125224)]
    public void The_fans_of_a_convolution_count_the_places_of_its_kernel(
        string name,
        double expected,
        params double[] arguments
    )
    {
        var description = Samples.Cnn(new(32, 4, 4), depth: 1, width: 64) with
        {
            Initialization = Operation.Of(name, arguments),
        };
        var weight = InitialWeights.Create(description, seed: 5)[0];
        Assert.Equal([64, 32, 3, 3], weight.Shape);
        var mean = weight.Values.Average(w => (double)w);
        Assert.Equal(expected, Math.Sqrt(weight.Values.Average(w => (w - mean) * (w - mean))), Tolerance * expected);
        Assert.Equal(0, mean, Tolerance * expected);
    }

    [Fact]
    public void A_truncated_normal_weight_is_never_beyond_two_deviations()
    {
        var weights = Fill("truncated_normal", new(500, 400, 1), 0.5);
        Assert.InRange(weights.Max(), 0.999f, 1f);
        Assert.InRange(weights.Min(), -1f, -0.999f);
    }

    [Fact]
    public void A_uniform_weight_is_never_beyond_the_bound()
    {
        var weights = Fill("uniform", new(500, 40, 1), 0.25);
        Assert.InRange(weights.Max(), 0.249f, 0.25f);
        Assert.InRange(weights.Min(), -0.25f, -0.249f);
    }

    [Fact]
    public void A_constant_is_every_weight() =>
        Assert.Equal([-1.5f, -1.5f, -1.5f, -1.5f, -1.5f, -1.5f], Fill("constant", new(2, 3, 1), -1.5));

    [Fact]
    public void The_identity_of_linear_layers_repeats_inputs_as_far_as_there_are_some()
    {
        Assert.Equal([1f, 0, 0, 1], Fill("identity", new(2, 2, 1)));
        Assert.Equal([1f, 0, 0, 0, 1, 0], Fill("identity", new(2, 3, 1)));
        Assert.Equal([1f, 0, 0, 1, 0, 0], Fill("identity", new(3, 2, 1)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    [InlineData(4, 10)]
    [InlineData(5, 12)]
    public void The_identity_of_a_convolution_is_in_the_middle_of_its_kernels(int kernel, int middle)
    {
        var places = kernel * kernel;
        var expected = new float[3 * 2 * places];
        (expected[middle], expected[(3 * places) + middle]) = (1, 1);
        Assert.Equal(expected, Fill("identity", new(3, 2, places)));
    }

    [Fact]
    public void A_convolution_of_identity_gives_its_image_back()
    {
        var convolution = new ConvolutionDescription(
            "convolution",
            new(2, 4, 3),
            Channels: 3,
            Kernel: 3,
            Stride: 1,
            Padding: 1,
            HasBias: false
        );
        var weight = new NamedTensor("convolution.weight", [3, 2, 3, 3], Fill("identity", new(3, 2, 9)));
        var sut = NetworkLayer.Create(convolution, new(new(convolution.Tensors(), [weight]), LargestBatch: 1, Seed: 1));
        var x = Samples.Normals(12 * 2);
        var y = new float[12 * 3];
        sut.Infer(x, rows: 1, y);
        Assert.Equal(Enumerable.Range(0, 12).SelectMany(pixel => new[] { x[2 * pixel], x[(2 * pixel) + 1], 0 }), y);
    }

    [Theory]
    [InlineData("normal", -0.1)]
    [InlineData("normal", double.NaN)]
    [InlineData("truncated_normal", -0.1)]
    [InlineData("truncated_normal", double.PositiveInfinity)]
    [InlineData("uniform", -0.1)]
    [InlineData("uniform", 1e39)]
    [InlineData("orthogonal", -1)]
    [InlineData("orthogonal", double.NaN)]
    [InlineData("constant", double.NaN)]
    [InlineData("constant", 1e39)]
    public void An_argument_out_of_range_is_refused(string name, double argument)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => InitializerCatalogue.Create(name, [argument]));
        Assert.Contains($"of {name} must be", error.Message, StringComparison.Ordinal);
    }

    private static float[] Fill(string name, WeightShape shape, params double[] arguments)
    {
        var weights = Samples.Normals(shape.Outputs * shape.Inputs * shape.Kernel);
        InitializerCatalogue.Create(name, arguments).Fill(new RandomStream(5, RandomPurpose.Weights), shape, weights);
        return weights;
    }
}
