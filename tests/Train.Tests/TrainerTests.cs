using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class TrainerTests : IDisposable
{
    private static readonly string[] CurveNames =
    [
        "train_accuracy",
        "train_loss",
        "validation_accuracy",
        "validation_loss",
    ];

    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    [InlineData("layer")]
    public void What_can_be_learned_is_learned(string normalization)
    {
        var result = clusters.Run(("normalization", Scalar.Of(normalization)));

        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.True(result.Metrics["test_accuracy"] >= 0.95);
        Assert.True(result.Metrics["validation_accuracy"] >= 0.95);
        Assert.True(result.Metrics["test_loss"] < 0.3);
        Assert.True(result.Curves["train_loss"][^1] < result.Curves["train_loss"][0]);
    }

    [Fact]
    public void The_test_rows_that_are_right_are_the_accuracy()
    {
        var result = clusters.Run(("epochs", Scalar.Of(1L)), ("learning_rate", Scalar.Of(1e-6)));

        var rows = CorrectRows.Read(result.Correct!).SelectMany(ofClass => ofClass).ToArray();
        Assert.Equal(result.Metrics["test_accuracy"], (double)rows.Count(isRight => isRight) / rows.Length);
        Assert.Contains(false, rows);
    }

    [Fact]
    public void The_training_split_may_be_evaluated_at_the_end_of_each_epoch()
    {
        var (plain, measured) = (clusters.Run(), clusters.Run(("epoch_end_metrics", Scalar.Of(true))));

        Assert.Equal(plain.Weights, measured.Weights);
        Assert.Equal(plain.Metrics["train_loss"], measured.Metrics["train_loss"]);
        Assert.DoesNotContain("epoch_end_loss", plain.Curves.Keys);
        // What was learned in an epoch makes the loss at its end smaller than its mean.
        Assert.True(measured.Metrics["epoch_end_loss"] < measured.Metrics["train_loss"]);
        Assert.Equal(measured.Curves["train_loss"].Length, measured.Curves["epoch_end_accuracy"].Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_completed_run_has_every_metric_and_a_point_an_epoch(int epochs)
    {
        var result = clusters.Run(("epochs", Scalar.Of((long)epochs)));

        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.Null(result.Reason);
        Assert.Equal(epochs * (Clusters.Training / 16), result.Steps);
        Assert.True(Digest.IsWellFormed(result.Weights!));
        Assert.Empty(
            ((string[])[.. CurveNames, "test_accuracy", "test_loss"]).Except(
                result.Metrics.Keys,
                StringComparer.Ordinal
            )
        );
        Assert.Empty(CurveNames.Except(result.Curves.Keys, StringComparer.Ordinal));
        Assert.All(result.Curves.Values, curve => Assert.Equal(epochs, curve.Length));
        Assert.All(result.Curves.Keys, name => Assert.Equal(result.Curves[name][^1], result.Metrics[name]));
        Assert.All(result.Metrics.Values, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Accuracies_are_shares_of_the_rows_of_their_split()
    {
        var result = clusters.Run(("epochs", Scalar.Of(1L)), ("learning_rate", Scalar.Of(0.002)));

        AssertShare(result.Metrics["test_accuracy"], Clusters.Test);
        AssertShare(result.Metrics["validation_accuracy"], Clusters.Validation);
        AssertShare(result.Metrics["train_accuracy"], Clusters.Training / 16 * 16);

        static void AssertShare(double accuracy, int rows)
        {
            Assert.InRange(accuracy, 0, 1);
            Assert.Equal(Math.Round(accuracy * rows), accuracy * rows, 1e-9);
        }
    }

    [Fact]
    public void A_network_of_zeros_knows_nothing()
    {
        var result = clusters.Run(("initialization", Scalar.Of("zeros")), ("learning_rate", Scalar.Of(1e-30)));

        Assert.All(
            (string[])["train_loss", "validation_loss", "test_loss"],
            name => Assert.Equal(Math.Log(Clusters.Classes), result.Metrics[name], 1e-6)
        );
    }

    [Fact]
    public void An_epoch_without_its_incomplete_last_batch_is_an_epoch_of_fewer_steps()
    {
        Assert.Equal(4 * (Clusters.Training / 16), Steps(16));
        Assert.Equal(4 * 2, Steps(100));
        Assert.Equal(4 * 1, Steps(101));
        Assert.Equal(4 * 1, Steps(Clusters.Training));

        int Steps(int batchSize) => clusters.Run(("batch_size", Scalar.Of((long)batchSize))).Steps;
    }

    [Fact]
    public void A_batch_larger_than_the_training_split_is_refused()
    {
        var e = Assert.Throws<InvalidDataException>(() => clusters.Run(("batch_size", Scalar.Of(201L))));

        Assert.Equal("batch_size is 201, but there are only 200 training rows: choose a smaller one.", e.Message);
    }

    [Fact]
    public void Activations_are_measured_where_the_run_asks_for_it_and_change_nothing()
    {
        (string, Scalar)[] inputsOnly =
        [
            ("model.depth", Scalar.Of(0L)),
            ("batch_size", Scalar.Of((long)Clusters.Training)),
        ];
        var (plain, measured) = (clusters.Run(), clusters.Run(("activation_norm", Scalar.Of(true))));

        Assert.Equal(plain.Weights, measured.Weights);
        Assert.DoesNotContain("activation_norm", plain.Curves.Keys);
        Assert.Equal(4, measured.Curves["activation_norm"].Length);
        Assert.Equal(measured.Curves["activation_norm"][^1], measured.Metrics["activation_norm"]);
        // What an output layer without hidden ones gets are the inputs, each epoch all of them.
        var inputs = clusters.Run([.. inputsOnly, ("activation_norm", Scalar.Of(true))]).Curves["activation_norm"];
        var (values, labels) = (new float[Clusters.Training * Clusters.Features], new int[Clusters.Training]);
        RowReader.Gather(clusters.Data, [.. Enumerable.Range(0, Clusters.Training)], values, labels);
        Assert.All(inputs, norm => Assert.Equal(Math.Sqrt(values.Average(value => (double)value * value)), norm, 1e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_run_without_an_epoch_has_no_result(int epochs) =>
        Assert.ThrowsAny<ArgumentException>(() => clusters.Run(("epochs", Scalar.Of((long)epochs))));

    [Fact]
    public void A_missing_parameter_is_named()
    {
        foreach (var key in Spec.Base.Keys.Except(["model.kind", "probe_epochs", "epoch_end_metrics"]))
        {
            var e = Assert.Throws<KeyNotFoundException>(() =>
                Trainer.Run(
                    Spec.Base.Where(other => other != key),
                    clusters.Data,
                    Backend.Managed,
                    CancellationToken.None
                )
            );

            Assert.Contains($"'{key}'", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_schedule_changes_the_learning_rate_from_step_to_step()
    {
        var constant = clusters.Run();
        Assert.NotEqual(constant.Weights, clusters.Run(("schedule", Scalar.Of("cosine"))).Weights);
        // A step that never comes changes nothing, and neither does one before it comes.
        Assert.Equal(constant.Weights, clusters.Run(("schedule", Scalar.Of("step(100)"))).Weights);
        Assert.Equal(
            clusters.Run(("schedule", Scalar.Of("step(2,0.5)"))).Curves["train_loss"][..2],
            constant.Curves["train_loss"][..2]
        );
    }

    [Fact]
    public void Dropout_draws_by_the_seed_and_the_step()
    {
        var dropped = clusters.Run(("model.dropout", Scalar.Of(0.5)));
        Assert.Equal(dropped.Weights, clusters.Run(("model.dropout", Scalar.Of(0.5))).Weights);
        Assert.NotEqual(dropped.Weights, clusters.Run().Weights);
    }

    [Fact]
    public void A_cancelled_run_has_no_result() =>
        Assert.Throws<OperationCanceledException>(() =>
            Trainer.Run(Spec.Base, clusters.Data, Backend.Managed, new CancellationToken(canceled: true))
        );
}
