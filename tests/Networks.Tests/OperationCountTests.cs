using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>Multiplications and additions, counted by hand.</summary>
public sealed class OperationCountTests
{
    // 3 → 4 → 2 with biases: 12 + 8 products, each with an addition. A bias that isn't there saves one a unit.
    [Theory]
    [InlineData("none", true, 40)]
    [InlineData("batch", true, 40 - 4 + (2 * 4))]
    [InlineData("batch", false, 40 + (2 * 4))]
    [InlineData("rms", true, 40 + (4 * 4))]
    [InlineData("layer", true, 40 - 4 + (7 * 4))]
    public void Of_a_perceptron(string normalization, bool isAffine, long expected) =>
        Assert.Equal(
            expected,
            OperationCount.Of(
                Samples.Mlp(inputs: 3, depth: 1, width: 4, classes: 2, normalization: normalization) with
                {
                    IsAffine = isAffine,
                }
            )
        );

    // Two channels of 4×4 pixels to 3: 18 products for each of 48 values, with their biases; windows of 2×2, then 12 values to 2 classes.
    [Theory]
    [InlineData(Pooling.Max, 0)]
    [InlineData(Pooling.Average, 12 * 4)]
    public void Of_a_convolutional_network(Pooling pooling, long ofPooling) =>
        Assert.Equal(
            (48 * 18 * 2) + ofPooling + (12 * 2 * 2),
            OperationCount.Of(
                new CnnDescription(
                    new(2, 4, 4),
                    1,
                    3,
                    2,
                    Operation.Of("relu"),
                    Operation.Of("he_normal"),
                    Operation.Of("none")
                )
                {
                    Pooling = pooling,
                }
            )
        );

    // Stem and output as above, and a block of two layers of 4×4 with what it adds.
    [Fact]
    public void Of_a_residual_perceptron() =>
        Assert.Equal(
            40 + (2 * 2 * 16) + 4,
            OperationCount.Of(
                new ResMlpDescription(3, 1, 4, 2, Operation.Of("relu"), Operation.Of("he_normal"), Operation.Of("none"))
            )
        );

    [Fact]
    public void What_an_editor_makes_of_a_layer_is_what_the_next_one_sees()
    {
        var description = Samples.Mlp(inputs: 3, depth: 2, width: 4, classes: 2);
        var network = Samples.Network(description, largestBatch: 5);
        var (x, logits, plain) = (Samples.Normals(15), new float[10], new float[10]);
        var seen = new List<string>();
        network.Logits(
            x,
            logits,
            (layer, y) =>
            {
                seen.Add(layer.Name);
                if (layer is ActivationDescription)
                    y.Clear();
            }
        );
        var bias = network.Tensors()[^1].Values;

        Assert.Equal(description.Layers().Select(layer => layer.Name), seen);
        Assert.Equal(Enumerable.Repeat(bias, 5).SelectMany(values => values), logits);
        network.Logits(x, plain);
        Assert.NotEqual(logits, plain);
        Assert.Equal(description.Layers().Count, seen.Count);
    }
}
