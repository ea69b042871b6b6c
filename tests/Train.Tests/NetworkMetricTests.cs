using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

/// <summary>Metrics that look at the trained network itself.</summary>
public sealed class NetworkMetricTests : IDisposable
{
    private const string All =
        "folded_agreement+folded_difference+folded_operations+quantized_accuracy(1)+quantized_accuracy(8)+activation_range";

    // What float32 rounding moves a logit by, as a part of the largest.
    private const double Rounding = 1e-5;

    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void Folding_batch_normalization_changes_nothing_but_the_last_places_and_saves_operations()
    {
        var (metrics, plain) = (
            clusters.Run(("metrics", Scalar.Of(All)), ("normalization", Scalar.Of("batch"))),
            clusters.Run(("normalization", Scalar.Of("batch")))
        );

        Assert.Equal(1, metrics.Metrics["test_folded_agreement"]);
        Assert.InRange(metrics.Metrics["test_folded_difference"], double.Epsilon, Rounding);
        // Products of 19·20, 20·20 and 20·3 weights; the hidden ones lose two operations a unit and gain a bias.
        const double after = (2 * ((19 * 20) + (20 * 20) + (20 * 3)));
        Assert.Equal(after / (after + 40 * (2 - 1)), metrics.Metrics["test_folded_operations"], 1e-15);
        Assert.Equal(plain.Weights, metrics.Weights);
        Assert.Equal(plain.Metrics["test_loss"], metrics.Metrics["test_loss"]);
    }

    [Theory]
    [InlineData("none", "running")]
    [InlineData("layer", "running")]
    [InlineData("batch", "batch")]
    public void Where_nothing_can_be_folded_nothing_differs(string normalization, string statistics)
    {
        var spec = Spec.With(
            ("metrics", Scalar.Of(All)),
            ("normalization", Scalar.Of(normalization)),
            ("inference_statistics", Scalar.Of(statistics))
        );
        var metrics = Trainer.Run(spec, clusters.Data, Backend.Managed, CancellationToken.None).Metrics;

        Assert.Equal(
            (1, 0, 1),
            (metrics["test_folded_agreement"], metrics["test_folded_difference"], metrics["test_folded_operations"])
        );
    }

    // By hand in double: a perceptron, each hidden value rounded between the extremes of the training rows.
    [Theory]
    [InlineData("tanh", 1)]
    [InlineData("tanh", 2)]
    [InlineData("relu", 3)]
    [InlineData("relu", 16)]
    public void Activations_of_few_bits_give_the_accuracy_of_a_calculation_by_hand(string activation, int bits)
    {
        var spec = Spec.With(
            ("activation", Scalar.Of(activation)),
            ("epochs", Scalar.Of(1L)),
            ("learning_rate", Scalar.Of(0.01)),
            ("metrics", Scalar.Of($"quantized_accuracy({bits})+activation_range"))
        );
        var (result, trained) = Trainer.RunWithNetwork(spec, clusters.Data, Backend.Managed, CancellationToken.None);
        Func<double, double> function = activation == "tanh" ? Math.Tanh : z => Math.Max(0, z);
        HandLayer[] layers =
        [
            HandLayer.Linear(trained!.Tensors, "layers.0.linear", function),
            HandLayer.Linear(trained.Tensors, "layers.1.linear", function),
            HandLayer.Linear(trained.Tensors, "output", activation: null),
        ];
        var inputs = new float[Clusters.Training * Clusters.Features];
        RowReader.Gather(
            clusters.Data,
            [.. Enumerable.Range(0, Clusters.Training)],
            inputs,
            new int[Clusters.Training]
        );
        var hand = new HandNetwork(layers, inputs, new int[Clusters.Training]);
        var ranges = new[] { 0, 1 }
            .Select(layer => hand.Outputs(layer).SelectMany(row => row).ToArray())
            .Select(values => (Low: values.Min(), High: values.Max()))
            .ToArray();
        for (var i = 0; i < 2; i++)
        {
            var (low, high) = ranges[i];
            var step = (high - low) / ((1 << bits) - 1);
            layers[i] = layers[i] with
            {
                Behind = values =>
                    Array.ConvertAll(values, v => low + (Math.Round((Math.Clamp(v, low, high) - low) / step) * step)),
            };
        }
        var logits = trained
            .TestInputs.Chunk(Clusters.Features)
            .Select(row => layers.Aggregate(Array.ConvertAll(row, x => (double)x), (x, layer) => layer.Of(x)));
        var correct = logits
            .Zip(trained.TestLabels)
            .Count(row => Array.IndexOf(row.First, row.First.Max()) == row.Second);

        Assert.Equal((double)correct / Clusters.Test, result.Metrics[$"test_quantized_accuracy({bits})"]);
        Assert.Equal(
            ranges.Average(range => range.High - range.Low),
            result.Metrics["test_activation_range"],
            1e-5 * ranges.Max(range => range.High)
        );
    }

    [Fact]
    public void Many_bits_change_no_prediction_and_one_bit_does()
    {
        var metrics = clusters
            .Run(("metrics", Scalar.Of("quantized_accuracy(1)+quantized_accuracy(16)")), ("epochs", Scalar.Of(1L)))
            .Metrics;

        Assert.Equal(metrics["test_accuracy"], metrics["test_quantized_accuracy(16)"]);
        Assert.NotEqual(metrics["test_accuracy"], metrics["test_quantized_accuracy(1)"]);
    }

    [Fact]
    public void Without_hidden_activations_there_is_no_range()
    {
        var metrics = clusters.Run(("metrics", Scalar.Of(All)), ("model.depth", Scalar.Of(0L))).Metrics;

        Assert.DoesNotContain("test_activation_range", metrics.Keys);
        Assert.Equal(metrics["test_accuracy"], metrics["test_quantized_accuracy(1)"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void So_many_bits_are_refused(int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricCatalogue.Create("quantized_accuracy", [bits]));
}
