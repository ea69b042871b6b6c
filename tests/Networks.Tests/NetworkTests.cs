namespace Pipeline.Networks.Tests;

public sealed class NetworkTests
{
    public static TheoryData<string, string> Combinations() => Samples.Combinations();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_step_allocates_nothing(string activation, string normalization)
    {
        var network = Samples.Network(Samples.Mlp(inputs: 20, width: 37, activation: activation, normalization: normalization), largestBatch: 16);
        var (x, labels) = (Samples.Normals(16 * 20), Samples.Labels(16, 4));
        var logits = new float[16 * 4];
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            for (var step = 0; step < 5; step++)
            {
                network.TrainStep(x, labels, 0.01f);
                network.Evaluate(x, labels);
                network.Logits(x, logits);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Weights_depend_neither_on_the_largest_batch_nor_on_other_networks(string activation, string normalization)
    {
        var description = Samples.Mlp(inputs: 20, width: 37, activation: activation, normalization: normalization);
        var (network, roomy) = (Samples.Network(description, largestBatch: 16), Samples.Network(description, largestBatch: 100));
        var (x, labels) = (Samples.Normals(16 * 20), Samples.Labels(16, 4));
        for (var step = 0; step < 4; step++)
        {
            var expected = network.TrainStep(x, labels, 0.1f);
            Assert.Equal(expected, roomy.TrainStep(x, labels, 0.1f));
            Assert.Equal(network.Evaluate(x, labels), roomy.Evaluate(x, labels));
        }
        Assert.Equal(Samples.DigestOf(network), Samples.DigestOf(roomy));
        Assert.NotEqual(Samples.DigestOf(Samples.Network(description, largestBatch: 16)), Samples.DigestOf(network));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    [InlineData("layer")]
    public void A_network_learns_a_separable_problem(string normalization)
    {
        // Three classes, each around a corner of its own.
        const int rows = 60;
        var x = Samples.Normals(rows * 3);
        var labels = Samples.Labels(rows, 3);
        for (var i = 0; i < rows; i++)
            x[(3 * i) + labels[i]] += 6;
        var description = Samples.Mlp(inputs: 3, depth: 3, width: 64, classes: 3, activation: "relu", normalization: normalization);
        var network = Samples.Network(description, largestBatch: rows);
        var first = network.TrainStep(x, labels, 0.05f);
        for (var step = 0; step < 60; step++)
            network.TrainStep(x, labels, 0.05f);
        var last = network.Evaluate(x, labels);
        Assert.True(last.Accuracy == 1, $"accuracy {last.Accuracy}");
        Assert.True(last.MeanLoss < 0.1 * first.MeanLoss, $"loss {first.MeanLoss} → {last.MeanLoss}");
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void A_row_is_inferred_by_itself(string activation, string normalization)
    {
        const int rows = 11, inputs = 20, classes = 4;
        var network = Samples.Network(Samples.Mlp(inputs, 2, 37, classes, activation, normalization: normalization), largestBatch: 4);
        var (x, labels) = (Samples.Normals(rows * inputs), Samples.Labels(rows, classes));
        network.TrainStep(x.AsSpan(0, 4 * inputs), labels.AsSpan(0, 4), 0.1f);
        var (all, one) = (new float[rows * classes], new float[classes]);
        network.Logits(x, all);
        for (var i = 0; i < rows; i++)
        {
            network.Logits(x.AsSpan(i * inputs, inputs), one);
            Samples.AssertSameBits(all.AsSpan(i * classes, classes), one, $"row {i}");
        }
    }

    [Fact]
    public void Inference_changes_nothing()
    {
        var network = Samples.Network(Samples.Mlp(normalization: "batch"), largestBatch: 4);
        var before = Samples.DigestOf(network);
        network.Evaluate(Samples.Normals(20), Samples.Labels(4, 4));
        network.Logits(Samples.Normals(20), new float[16]);
        Assert.Equal(before, Samples.DigestOf(network));
    }

    [Fact]
    public void An_evaluation_of_no_rows_is_empty() =>
        Assert.Equal(new BatchResult(0, 0, 0), Samples.Network(Samples.Mlp(), largestBatch: 4).Evaluate([], []));

    [Fact]
    public void A_step_returns_loss_and_correct_rows_from_before_the_update()
    {
        var network = Samples.Network(Samples.Mlp(normalization: "layer"), largestBatch: 4);
        var (x, labels) = (Samples.Normals(20), Samples.Labels(4, 4));
        var before = network.Evaluate(x, labels);
        Assert.Equal(before, network.TrainStep(x, labels, 0.1f));
        Assert.NotEqual(before, network.Evaluate(x, labels));
    }

    [Fact]
    public void A_NaN_among_the_inputs_shows_in_the_loss()
    {
        foreach (var activation in ActivationCatalogue.Names)
        {
            var network = Samples.Network(Samples.Mlp(activation: activation), largestBatch: 4);
            var x = Samples.Normals(20);
            x[7] = float.NaN;
            Assert.False(double.IsFinite(network.TrainStep(x, Samples.Labels(4, 4), 0.1f).LossSum));
        }
    }

    [Fact]
    public void A_network_without_hidden_layers_is_a_linear_classifier()
    {
        var description = Samples.Mlp(inputs: 2, depth: 0, classes: 2);
        NamedTensor[] tensors = [new("output.weight", [2, 2], [1, 2, 3, 4]), new("output.bias", [2], [10, 20])];
        var network = new Network(description, tensors, Samples.Sgd, Samples.CrossEntropy, largestBatch: 1);
        var logits = new float[2];
        network.Logits([1, -1], logits);
        Assert.Equal([9f, 19f], logits);
    }

    [Fact]
    public void Training_goes_on_from_the_tensors_of_another_network()
    {
        var description = Samples.Mlp(normalization: "batch");
        var (x, labels) = (Samples.Normals(20), Samples.Labels(4, 4));
        var first = new Network(description, InitialWeights.Create(description, 1), Operation.Of("sgd"), Samples.CrossEntropy, 4);
        first.TrainStep(x, labels, 0.1f);
        var second = new Network(description, first.Tensors(), Operation.Of("sgd"), Samples.CrossEntropy, 4);
        first.TrainStep(x, labels, 0.1f);
        second.TrainStep(x, labels, 0.1f);
        Assert.Equal(Samples.DigestOf(first), Samples.DigestOf(second));
    }
}
