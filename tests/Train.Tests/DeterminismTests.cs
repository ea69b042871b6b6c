using Pipeline.Artifacts;

namespace Pipeline.Train.Tests;

public sealed class DeterminismTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData("relu", "none")]
    [InlineData("tanh", "batch")]
    [InlineData("gelu", "layer")]
    public void The_same_run_gives_the_same_bytes(string activation, string normalization) =>
        Assert.Equal(Encoded(activation, normalization), Encoded(activation, normalization));

    [Fact]
    public async Task Runs_that_share_their_data_on_several_threads_give_the_same_bytes()
    {
        string[] normalizations = ["none", "batch", "layer"];
        var alone = normalizations.Select(normalization => Encoded("tanh", normalization)).ToArray();

        var together = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => Encoded("tanh", normalizations[i % 3])))
        );

        for (var i = 0; i < together.Length; i++)
            Assert.Equal(alone[i % 3], together[i]);
    }

    [Fact]
    public void Bytes_and_float32_of_the_same_values_give_the_same_bytes()
    {
        using var floats = new Clusters(bytes: false);

        Assert.Equal(ArtifactEncoding.Encode(clusters.Run()), ArtifactEncoding.Encode(floats.Run()));
    }

    // A leaky ReLU without leak is ReLU: only what they share (weights, order of batches) can make the curves equal.
    [Fact]
    public void Runs_that_differ_in_activation_share_weights_and_order_of_batches()
    {
        var (relu, leaky) = (clusters.Run(), clusters.Run(("activation", Scalar.Of("leaky_relu(0)"))));

        Assert.Equal(relu.Curves, leaky.Curves);
        Assert.Equal(relu.Metrics, leaky.Metrics);
    }

    [Fact]
    public void Another_seed_is_another_run() =>
        Assert.NotEqual(
            clusters.Run().Curves["train_loss"],
            clusters.Run(("seed", Scalar.Of(1L))).Curves["train_loss"]
        );

    [Fact]
    public void A_longer_run_begins_like_a_shorter_one()
    {
        var (two, three) = (clusters.Run(("epochs", Scalar.Of(2L))), clusters.Run(("epochs", Scalar.Of(3L))));

        Assert.All(two.Curves.Keys, name => Assert.Equal(two.Curves[name], three.Curves[name][..2]));
        Assert.NotEqual(two.Weights, three.Weights);
    }

    [Theory]
    [InlineData("activation", "tanh")]
    [InlineData("initialization", "xavier_normal")]
    [InlineData("normalization", "layer")]
    public void An_operation_that_is_named_is_used(string key, string operation) =>
        Assert.NotEqual(clusters.Run().Weights, clusters.Run((key, Scalar.Of(operation))).Weights);

    [Theory]
    [InlineData("batch_size", 17)]
    [InlineData("learning_rate", 0.051)]
    [InlineData("model.depth", 1)]
    [InlineData("model.width", 21)]
    [InlineData("optimizer.momentum", 0.8)]
    public void A_number_that_is_given_is_used(string key, double value) =>
        Assert.NotEqual(clusters.Run().Weights, clusters.Run((key, Scalar.Of(value))).Weights);

    private byte[] Encoded(string activation, string normalization) =>
        ArtifactEncoding.Encode(
            clusters.Run(("activation", Scalar.Of(activation)), ("normalization", Scalar.Of(normalization)))
        );
}
