using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class TrainedNetworkTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    public void A_network_is_kept_without_a_change_to_the_result(string normalization)
    {
        (string, Scalar)[] changes = [("normalization", Scalar.Of(normalization)), ("epochs", Scalar.Of(1L))];

        var (result, network) = Train(changes);

        Assert.Equal(ArtifactEncoding.Encode(clusters.Run(changes)), ArtifactEncoding.Encode(result));
        Assert.Equal(result.Weights, TensorDigest.Of(network!.Tensors));
        Assert.Equal(
            network.Description.Tensors().Select(tensor => tensor.Name),
            network.Tensors.Select(tensor => tensor.Name)
        );
    }

    [Fact]
    public void The_test_split_is_what_the_network_sees_and_its_logits_give_the_accuracy()
    {
        var (result, network) = Train(("epochs", Scalar.Of(1L)), ("learning_rate", Scalar.Of(0.002)));

        Assert.Equal(clusters.Data.Labels[^Clusters.Test..], network!.TestLabels);
        Assert.Equal(Clusters.Test * Clusters.Features, network.TestInputs.Length);
        Assert.Equal((clusters.Data.ByteRow(Clusters.Rows - 1)[^1] - 120.3f) * 0.013f, network.TestInputs[^1]);
        var correct = network
            .TestLogits.Chunk(Clusters.Classes)
            .Zip(network.TestLabels)
            .Count(row => Array.IndexOf(row.First, row.First.Max()) == row.Second);
        Assert.Equal(result.Metrics["test_accuracy"], (double)correct / Clusters.Test);
        Assert.InRange(correct, 1, Clusters.Test - 1);
    }

    [Fact]
    public void A_diverged_run_has_no_network()
    {
        var (result, network) = Train(("learning_rate", Scalar.Of(1e9)));

        Assert.Equal(RunOutcome.Diverged, result.Outcome);
        Assert.Null(network);
    }

    private (RunResult Result, TrainedNetwork? Network) Train(params (string Key, Scalar Value)[] changes) =>
        Trainer.RunWithNetwork(Spec.With(changes), clusters.Data, Backend.Managed, CancellationToken.None);
}
