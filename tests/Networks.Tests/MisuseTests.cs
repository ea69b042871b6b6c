using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>What a caller can get wrong, and what he is told.</summary>
public sealed class MisuseTests
{
    private static Network Network =>
        Samples.Network(Samples.Mlp(inputs: 5, depth: 1, width: 9, classes: 4), largestBatch: 4);

    [Fact]
    public void Inputs_of_another_shape() =>
        AssertSays(
            "The layer layers.0.linear takes inputs of shape [3, 5], but 14 values were given.",
            () => Network.TrainStep(new float[14], [0, 1, 2], 0.1f)
        );

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public void A_label_out_of_range(int label) =>
        AssertSays(
            $"The label of row 1 is {label}, but the layer output has classes 0 to 3.",
            () => Network.Evaluate(new float[10], [0, label])
        );

    [Fact]
    public void Too_large_a_batch() =>
        AssertSays("A batch has 1 to 4 rows here, not 5.", () => Network.TrainStep(new float[25], new int[5], 0.1f));

    [Fact]
    public void An_empty_batch() =>
        AssertSays("A batch has 1 to 4 rows here, not 0.", () => Network.TrainStep([], [], 0.1f));

    [Fact]
    public void Logits_of_another_shape() =>
        AssertSays(
            "The layer output gives 4 values a row, which 7 is no multiple of.",
            () => Network.Logits(new float[5], new float[7])
        );

    [Theory]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_learning_rate_out_of_range(float learningRate) =>
        AssertSays(
            "A learning rate must be finite and at least 0.",
            () => Network.TrainStep(new float[5], [0], learningRate)
        );

    [Fact]
    public void Tensors_of_another_network() =>
        AssertSays(
            "Tensor 0 is layers.0.linear.weight of shape [9, 5], but layers.0.linear.weight of shape [8, 5] with 40 values was given.",
            () => Built(Samples.Mlp(width: 9), InitialWeights.Create(Samples.Mlp(width: 8), 1))
        );

    [Fact]
    public void Too_few_tensors() =>
        AssertSays(
            "The network has 6 tensors, but 4 were given.",
            () => Built(Samples.Mlp(depth: 2), InitialWeights.Create(Samples.Mlp(depth: 1), 1))
        );

    [Fact]
    public void A_largest_batch_of_none() =>
        AssertSays(
            "The largest batch must hold at least one row.",
            () => Samples.Network(Samples.Mlp(), largestBatch: 0)
        );

    [Fact]
    public void No_inputs() =>
        AssertSays(
            "The layer layers.0.linear makes [9] of [0], but every size must be at least 1.",
            () => Samples.Mlp(inputs: 0).Layers()
        );

    [Fact]
    public void A_negative_depth() =>
        AssertSays(
            "The depth of a perceptron, its number of hidden layers, is at least 0, not -1.",
            () => Samples.Mlp(depth: -1).Layers()
        );

    [Fact]
    public void A_width_of_zero() =>
        AssertSays("The width of a hidden layer is at least 1, not 0.", () => Samples.Mlp(width: 0).Layers());

    [Fact]
    public void A_single_class() =>
        AssertSays("A classifier needs at least 2 classes, not 1.", () => Samples.Mlp(classes: 1).Layers());

    [Fact]
    public void An_activation_that_does_not_exist() =>
        AssertSays(
            "the nearest name is relu",
            () => Samples.Network(Samples.Mlp(activation: "rellu"), largestBatch: 4)
        );

    private static Network Built(NetworkDescription description, IReadOnlyList<NamedTensor> tensors) =>
        new(description, tensors, Samples.Sgd, Samples.CrossEntropy, largestBatch: 4);

    private static void AssertSays(string sentence, Action action) =>
        Assert.Contains(sentence, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
