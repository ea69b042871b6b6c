using Pipeline.Networks.Descriptions;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

public sealed class NetworkTests
{
    public static TheoryData<string> Networks() => Samples.Networks();

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_allocates_nothing(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (x, labels, logits) = Batch(sample, SampleNetwork.Rows);
        var network = sample.Build();
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
    [InlineData("relu")]
    [InlineData("tanh")]
    public void Rows_that_do_not_fit_into_caches_together_are_evaluated_to_the_same_bits(string activation)
    {
        const int rows = 50;
        var description = new CnnDescription(
            new(1, 28, 28),
            Depth: 1,
            Width: 16,
            Classes: 10,
            Operation.Of(activation),
            Operation.Of("he_normal"),
            Operation.Of("batch")
        );
        var (x, labels) = (Samples.Normals(rows * description.Input.Values), Samples.Labels(rows, 10));
        var (roomy, narrow) = (
            Samples.Network(description, largestBatch: rows),
            Samples.Network(description, largestBatch: 3)
        );
        var (logits, expected) = (new float[rows * 10], new float[rows * 10]);
        roomy.Logits(x, logits);
        narrow.Logits(x, expected);

        Assert.Equal(narrow.Evaluate(x, labels), roomy.Evaluate(x, labels));
        Samples.AssertSameBits(expected, logits, "logits");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weights_depend_neither_on_the_largest_batch_nor_on_other_networks(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (x, labels, _) = Batch(sample, SampleNetwork.Rows);
        var (network, roomy) = (sample.Build(), sample.Build(largestBatch: 100));
        for (var step = 0; step < 4; step++)
        {
            var expected = network.TrainStep(x, labels, 0.1f);
            Assert.Equal(expected, roomy.TrainStep(x, labels, 0.1f));
            Assert.Equal(network.Evaluate(x, labels), roomy.Evaluate(x, labels));
        }
        Assert.Equal(Samples.DigestOf(network), Samples.DigestOf(roomy));
        Assert.NotEqual(Samples.DigestOf(sample.Build()), Samples.DigestOf(network));
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
        var description = Samples.Mlp(
            inputs: 3,
            depth: 3,
            width: 64,
            classes: 3,
            activation: "relu",
            normalization: normalization
        );
        var network = Samples.Network(description, largestBatch: rows);
        var first = network.TrainStep(x, labels, 0.05f);
        for (var step = 0; step < 60; step++)
            network.TrainStep(x, labels, 0.05f);
        var last = network.Evaluate(x, labels);
        Assert.True(last.Accuracy == 1, $"accuracy {last.Accuracy}");
        Assert.True(last.MeanLoss < 0.1 * first.MeanLoss, $"loss {first.MeanLoss} → {last.MeanLoss}");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_row_is_inferred_by_itself(string name)
    {
        const int rows = SampleNetwork.Rows - 1;
        var sample = SampleNetworks.Get(name);
        var (x, labels, all) = Batch(sample, rows);
        var (inputs, classes) = (x.Length / rows, all.Length / rows);
        var network = sample.Build(largestBatch: 4);
        network.TrainStep(x.AsSpan(0, 4 * inputs), labels.AsSpan(0, 4), 0.1f);
        var one = new float[classes];
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

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_input_that_is_not_a_number_is_refused_by_the_first_layer(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (x, labels, _) = Batch(sample, SampleNetwork.Rows);
        var inputs = sample.Description.Input.Values;
        x[(3 * inputs) + 7] = float.NaN;
        var sentence =
            $"takes finite numbers, but of its inputs of shape [{SampleNetwork.Rows}, {inputs}] value 7 of row 3 is NaN.";
        Assert.Contains(
            sentence,
            Assert.Throws<ArgumentException>(() => sample.Build().TrainStep(x, labels, 0.1f)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            sentence,
            Assert.Throws<ArgumentException>(() => sample.Build().Evaluate(x, labels)).Message,
            StringComparison.Ordinal
        );
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
        var first = new Network(
            description,
            InitialWeights.Create(description, 1),
            new(Operation.Of("sgd")),
            Samples.CrossEntropy,
            4
        );
        first.TrainStep(x, labels, 0.1f);
        var second = new Network(description, first.Tensors(), new(Operation.Of("sgd")), Samples.CrossEntropy, 4);
        first.TrainStep(x, labels, 0.1f);
        second.TrainStep(x, labels, 0.1f);
        Assert.Equal(Samples.DigestOf(first), Samples.DigestOf(second));
    }

    private static (float[] X, int[] Labels, float[] Logits) Batch(SampleNetwork sample, int rows)
    {
        var (input, classes) = (sample.Description.Input, sample.Description.Classes);
        return (Samples.Normals(rows * input.Values), Samples.Labels(rows, classes), new float[rows * classes]);
    }
}
