using Pipeline.Networks.Descriptions;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

/// <summary>Inference is the same, to rounding, once batch normalizations are folded into the layers before them.</summary>
public sealed class FoldingTests
{
    private const float Tolerance = 1e-5f;

    public static TheoryData<string> Networks() => Samples.Networks();

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_folded_network_infers_the_same(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (rows, input, classes) = (SampleNetwork.Rows, sample.Description.Input, sample.Description.Classes);
        var (x, labels) = (Samples.Normals(rows * input.Values), Samples.Labels(rows, classes));
        var network = sample.Build();
        for (var step = 0; step < 5; step++)
            network.TrainStep(x, labels, 0.05f);
        var (description, tensors) = Folding.Fold(sample.Description, network.Tensors());
        var folded = new Network(description, tensors, sample.Optimizer, sample.Loss, rows);
        var (expected, actual) = (new float[rows * classes], new float[rows * classes]);
        network.Logits(x, expected);
        folded.Logits(x, actual);
        var scale = Math.Max(1, expected.Max(Math.Abs));
        // A threshold turns a difference in the last place into one of 1.
        if (
            !name.Contains("hard_threshold", StringComparison.Ordinal)
            && !name.Contains("sigmoid_table", StringComparison.Ordinal)
        )
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance * scale));
        if (
            sample.Description.Normalization.Name == "batch"
            && sample.Description.Position == NormalizationPosition.BeforeActivation
        )
            Assert.DoesNotContain(tensors, tensor => tensor.Name.Contains("normalization", StringComparison.Ordinal));
    }

    [Fact]
    public void A_normalization_after_the_activation_stays()
    {
        var sample = SampleNetworks.Get("mlp batch after activation");
        var tensors = sample.Build().Tensors();
        Assert.Equal(
            tensors.Select(tensor => tensor.Name),
            Folding.Fold(sample.Description, tensors).Tensors.Select(tensor => tensor.Name)
        );
    }
}
