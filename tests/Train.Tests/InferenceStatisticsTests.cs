using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

/// <summary>Batch normalization evaluated by statistics of the evaluated rows.</summary>
public sealed class InferenceStatisticsTests
{
    private static readonly Parameters Batch = Spec.With(
        ("normalization", Scalar.Of("batch(0.2)")),
        ("epochs", Scalar.Of(2L)),
        ("inference_statistics", Scalar.Of("batch"))
    );

    // 40 test rows in batches of 16 are 16 and 24; the same network handed those rows gives the same logits.
    [Fact]
    public void The_test_split_is_evaluated_in_batches_of_a_steps_size_the_last_joined_to_the_one_before()
    {
        using var clusters = new Clusters();
        var (result, trained) = Trainer.RunWithNetwork(Batch, clusters.Data, Backend.Managed, CancellationToken.None);
        Assert.True(trained!.Description.InfersByBatch);
        var network = new Network(trained.Description, trained.Tensors, Hand.Sgd, Hand.Loss, largestBatch: 40);
        var (first, second) = (new float[16 * Clusters.Classes], new float[24 * Clusters.Classes]);
        network.Logits(trained.TestInputs.AsSpan(0, 16 * Clusters.Features), first);
        network.Logits(trained.TestInputs.AsSpan(16 * Clusters.Features), second);

        Assert.Equal([.. first, .. second], trained.TestLogits);
        Assert.Equal(RunOutcome.Completed, result.Outcome);
    }

    [Fact]
    public void Training_is_the_same_and_evaluation_is_not()
    {
        using var clusters = new Clusters();
        var batch = Trainer.Run(Batch, clusters.Data, Backend.Managed, CancellationToken.None);
        var running = Trainer.Run(
            Batch.With([Batch.IndexOf("inference_statistics")], [Scalar.Of("running")]),
            clusters.Data,
            Backend.Managed,
            CancellationToken.None
        );

        Assert.Equal(running.Weights, batch.Weights);
        Assert.Equal(running.Curves["train_loss"], batch.Curves["train_loss"]);
        Assert.NotEqual(running.Curves["validation_loss"], batch.Curves["validation_loss"]);
        Assert.NotEqual(running.Metrics["test_loss"], batch.Metrics["test_loss"]);
    }

    [Theory]
    [InlineData("batch(0.2)", "managed", null)]
    [InlineData("batch(0.2)", "torch", "inference_statistics")]
    [InlineData("layer", "torch", null)]
    public void Another_backend_that_lacks_it_is_named_when_planned(string normalization, string backend, string? key)
    {
        var run = Spec.With(
            ("normalization", Scalar.Of(normalization)),
            ("epochs", Scalar.Of(2L)),
            ("inference_statistics", Scalar.Of("batch")),
            ("backend", Scalar.Of(backend))
        );

        Assert.Equal(key, Trainer.Misfit(run, [Clusters.Features])?.Key);
    }

    private static class Hand
    {
        public static OptimizerSettings Sgd { get; } = new(Networks.Descriptions.Operation.Of("sgd"));

        public static Networks.Descriptions.Operation Loss { get; } =
            Networks.Descriptions.Operation.Of("softmax_cross_entropy");
    }
}
