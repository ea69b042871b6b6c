using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>Layers that training leaves as they begin.</summary>
public sealed class FrozenLayersTests
{
    private const int Rows = 6;
    private const float Rate = 0.1f;

    public static TheoryData<int, string[]> Layers() =>
        new()
        {
            { 0, [] },
            { 1, ["stem."] },
            { 2, ["stem.", "blocks.0.body.0."] },
            { 3, ["stem.", "blocks.0.body."] },
            { 4, ["stem.", "blocks.0.body.", "output."] },
        };

    [Theory]
    [MemberData(nameof(Layers))]
    public void Frozen_layers_keep_weights_biases_and_normalizations_and_no_others_do(int count, string[] frozen)
    {
        var description = Network(count);
        var network = Samples.Network(description, largestBatch: Rows);
        var before = network.Tensors();
        Train(network, description);

        foreach (var (first, (last, tensor)) in before.Zip(network.Tensors().Zip(description.Tensors())))
        {
            if (
                Array.Exists(frozen, name => tensor.Name.StartsWith(name, StringComparison.Ordinal)) && tensor.IsTrained
            )
                Samples.AssertSameBits(first.Values, last.Values, tensor.Name);
            else
                Assert.NotEqual(first.Values, last.Values);
        }
    }

    // From the same weights the gradients are the same, and a rule that looks at each weight by itself makes the same of them.
    [Fact]
    public void The_other_layers_take_the_steps_that_they_would_take_anyway()
    {
        var (frozen, free) = (
            Samples.Network(Network(2), largestBatch: Rows),
            Samples.Network(Network(0), largestBatch: Rows)
        );
        var (x, labels) = Batch(Network(0));
        frozen.TrainStep(x, labels, Rate);
        free.TrainStep(x, labels, Rate);

        foreach (var (expected, actual) in free.Tensors().Zip(frozen.Tensors()).Skip(10))
            Samples.AssertSameBits(expected.Values, actual.Values, expected.Name);
        Assert.Equal("blocks.0.body.1.linear.weight", free.Tensors()[10].Name);
        Assert.Equal("blocks.0.body.1.linear.weight", frozen.OptimizerState().Single()[0].Name);
    }

    [Fact]
    public void Clipping_looks_at_the_gradients_of_what_is_trained()
    {
        const double clip = 0.01;
        var description = Network(3);
        var network = new Network(
            description,
            InitialWeights.Create(description, seed: 1),
            new(Operation.Of("sgd")) { ClipNorm = clip },
            Samples.CrossEntropy,
            Rows
        );
        var before = network.Tensors();
        var (x, labels) = Batch(description);
        network.TrainStep(x, labels, 1);

        var moved = before
            .Zip(network.Tensors())
            .Where(pair => !pair.First.Name.Contains("running", StringComparison.Ordinal))
            .SelectMany(pair => pair.First.Values.Zip(pair.Second.Values, (w, v) => (double)w - v));
        Assert.Equal(clip, Math.Sqrt(moved.Sum(step => step * step)), clip * 1e-3);
    }

    [Fact]
    public void More_layers_than_there_are_are_refused()
    {
        var e = Assert.Throws<NetworkDescriptionException>(() => Network(5).Layers());
        Assert.Equal("The network has 4 layers with weights, so 5 can't be frozen.", e.Message);
    }

    private static ResMlpDescription Network(int frozen) =>
        new(7, Depth: 1, Width: 5, Classes: 3, Operation.Of("tanh"), Operation.Of("he_normal"), Operation.Of("batch"))
        {
            FrozenLayers = frozen,
        };

    private static (float[] X, int[] Labels) Batch(NetworkDescription description) =>
        (Samples.Normals(Rows * description.Input.Values), Samples.Labels(Rows, description.Classes));

    private static void Train(Network network, NetworkDescription description)
    {
        var (x, labels) = Batch(description);
        for (var step = 0; step < 3; step++)
            network.TrainStep(x, labels, Rate);
    }
}
