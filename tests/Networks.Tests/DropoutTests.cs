using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;

namespace Pipeline.Networks.Tests;

public sealed class DropoutTests
{
    private const int Rows = 10;
    private const int Features = 2001;

    private static readonly float[] Ones = [.. Enumerable.Repeat(1f, Rows * Features)];

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void The_share_of_zeros_is_the_rate_and_what_is_kept_is_scaled_to_keep_the_mean(double rate)
    {
        var y = Mask(Layers(rate)[0], step: 1);
        Assert.Equal(rate, y.Count(value => value == 0) / (double)y.Length, 0.01);
        Assert.All(y, value => Assert.True(value == 0 || value == 1 / (1 - (float)rate)));
        Assert.InRange(y.Average(), 0.9, 1.1);
    }

    [Fact]
    public void A_mask_follows_from_seed_step_and_layer_alone()
    {
        var expected = Mask(Layers(0.5)[0], step: 3);
        Assert.Equal(expected, Mask(Layers(0.5)[0], step: 3));
        Assert.NotEqual(expected, Mask(Layers(0.5)[0], step: 4));
        Assert.NotEqual(expected, Mask(Layers(0.5)[1], step: 3));
        Assert.NotEqual(expected, Mask(Layers(0.5, seed: 2)[0], step: 3));
    }

    [Fact]
    public void Rows_have_masks_of_their_own()
    {
        var mask = Mask(Layers(0.5)[0], step: 1);
        Assert.NotEqual(mask[..Features], mask[Features..(2 * Features)]);
    }

    [Fact]
    public void A_gradient_goes_through_the_mask_of_its_step()
    {
        var sut = Layers(0.3)[0];
        Mask(sut, step: 1);
        var mask = Mask(sut, step: 2);
        var dy = Samples.Normals(Rows * Features);
        var dx = new float[dy.Length];
        sut.Backward(Ones, mask, dy, Rows, dx);
        Assert.Equal(dy.Zip(mask, (d, m) => d * m), dx);
    }

    [Fact]
    public void Inference_drops_nothing()
    {
        var x = Samples.Normals(Rows * Features);
        var y = new float[x.Length];
        Layers(0.9)[0].Infer(x, Rows, y);
        Assert.Equal(x, y);
    }

    [Fact]
    public void A_rate_of_0_drops_nothing()
    {
        Assert.Equal(Ones, Mask(Layers(0)[0], step: 1));
        Assert.DoesNotContain(Samples.Mlp().Layers(), layer => layer is DropoutDescription);
        Assert.Equal(2, (Samples.Mlp() with { Dropout = 0.1 }).Layers().Count(layer => layer is DropoutDescription));
    }

    [Fact]
    public void A_network_drops_by_its_seed_and_only_in_training()
    {
        var description = Samples.Mlp() with { Dropout = 0.5 };
        var (x, labels) = (Samples.Normals(20), Samples.Labels(4, 4));
        var (first, same, other) = (Built(seed: 1), Built(seed: 1), Built(seed: 2));
        Assert.Equal(first.Evaluate(x, labels), other.Evaluate(x, labels));
        var loss = first.TrainStep(x, labels, learningRate: 0).LossSum;
        Assert.Equal(loss, same.TrainStep(x, labels, learningRate: 0).LossSum);
        Assert.NotEqual(loss, other.TrainStep(x, labels, learningRate: 0).LossSum);
        Assert.NotEqual(loss, first.TrainStep(x, labels, learningRate: 0).LossSum);

        Network Built(ulong seed) =>
            new(
                description,
                InitialWeights.Create(description, seed: 1),
                Samples.Sgd,
                Samples.CrossEntropy,
                largestBatch: 4,
                seed
            );
    }

    /// <summary>Two layers of a network.</summary>
    private static NetworkLayer[] Layers(double rate, ulong seed = 1)
    {
        var memory = new LayerMemory(new([], []), Rows, seed);
        return
        [
            .. Enumerable
                .Range(0, 2)
                .Select(i => NetworkLayer.Create(new DropoutDescription($"dropout.{i}", new(Features), rate), memory)),
        ];
    }

    private static float[] Mask(NetworkLayer layer, int step)
    {
        var y = new float[Ones.Length];
        layer.Forward(Ones, Rows, step, y);
        return y;
    }
}
