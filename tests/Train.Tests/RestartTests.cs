using Pipeline.Artifacts;

namespace Pipeline.Train.Tests;

public sealed class RestartTests : IDisposable
{
    private const int StepsOfEpoch = Clusters.Training / 16;

    // What a state holds is all in use: running statistics, momentum, masks, updates that probes follow for several steps.
    private static readonly (string, Scalar)[] Rich =
    [
        ("normalization", Scalar.Of("batch")),
        ("optimizer.clip_norm", Scalar.Of(1L)),
        ("model.dropout", Scalar.Of(0.1)),
        ("probes", Scalar.Of("updates+movement")),
        ("probe_epochs", Scalar.Of("all")),
        ("epoch_end_metrics", Scalar.Of(true)),
    ];

    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void A_run_that_diverges_at_once_begins_anew_with_a_smaller_rate()
    {
        var (rate, factor) = (1e30, 1e-31);
        var plain = clusters.Run([.. Rich, ("learning_rate", Scalar.Of(rate * factor))]);

        var result = Restarted(3, factor, [.. Rich, ("learning_rate", Scalar.Of(rate))]);

        var restart = Assert.Single(result.Restarts!);
        Assert.Equal((1, 0, factor), (restart.Epoch, restart.From, restart.Factor));
        Assert.InRange(restart.Step, 2, StepsOfEpoch);
        AssertSameButSteps(plain, result, lost: restart.Step);
    }

    [Fact]
    public void A_run_goes_on_from_the_end_of_a_healthy_epoch_as_if_nothing_had_been()
    {
        // A power of two, so that the product of both is 1.
        var factor = Math.ScaleB(1, -120);
        var plain = clusters.Run(Rich);

        var result = Restarted(
            3,
            factor,
            [.. Rich, ("mid_run", Scalar.Of($"scale_learning_rate(2,{CanonicalJson.Number(1 / factor)})"))]
        );

        var restart = Assert.Single(result.Restarts!);
        Assert.Equal((3, 2, factor), (restart.Epoch, restart.From, restart.Factor));
        AssertSameButSteps(plain, result, lost: restart.Step - (2 * StepsOfEpoch));
    }

    [Fact]
    public void An_epoch_in_which_the_loss_rose_is_not_healthy()
    {
        (string, Scalar)[] linear =
        [
            ("model.depth", Scalar.Of(0L)),
            ("loss", Scalar.Of("mean_squared_error")),
            ("optimizer.momentum", Scalar.Of(0L)),
        ];
        const string rising = "scale_learning_rate(2,14)";
        var losses = clusters.Run([.. linear, ("mid_run", Scalar.Of(rising))]).Curves["train_loss"];
        Assert.True(losses[1] < losses[0] && losses[2] > losses[1], string.Join(' ', losses));

        var result = Restarted(1, 0.125, [.. linear, ("mid_run", Scalar.Of(rising + "+scale_learning_rate(3,1e30)"))]);

        var restart = Assert.Single(result.Restarts!);
        Assert.Equal((4, 2), (restart.Epoch, restart.From));
        // The fourth epoch diverged again. The third is that of the smaller rate.
        Assert.Equal(3, result.Curves["train_loss"].Length);
        Assert.Equal(losses[..2], result.Curves["train_loss"][..2]);
        Assert.True(result.Curves["train_loss"][2] < losses[1]);
    }

    [Fact]
    public void An_epoch_whose_last_step_did_harm_is_not_healthy()
    {
        // The loss of an epoch of one step is that of the weights before it.
        var result = Restarted(
            1,
            1e-5,
            ("batch_size", Scalar.Of((long)Clusters.Training)),
            ("loss", Scalar.Of("mean_squared_error")),
            ("model.depth", Scalar.Of(0L)),
            ("optimizer.momentum", Scalar.Of(0L)),
            ("learning_rate", Scalar.Of(1e3))
        );

        var restart = Assert.Single(result.Restarts!);
        Assert.Equal((2, 2, 0), (restart.Epoch, restart.Step, restart.From));
        Assert.Equal((RunOutcome.Completed, 6), (result.Outcome, result.Steps));
    }

    [Fact]
    public void After_as_many_restarts_as_there_may_be_a_divergence_is_the_outcome()
    {
        (string, Scalar)[] steep = [("learning_rate", Scalar.Of(1e30)), ("optimizer.momentum", Scalar.Of(0L))];
        var plain = clusters.Run(steep);

        var result = Restarted(2, 1, steep);

        Assert.Equal((RunOutcome.Diverged, plain.Reason), (result.Outcome, result.Reason));
        Assert.Equal([plain.Steps, 2 * plain.Steps], result.Restarts!.Select(restart => restart.Step));
        Assert.All(result.Restarts!, restart => Assert.Equal((plain.Reason, 1.0), (restart.Reason, restart.Factor)));
        Assert.Equal(3 * plain.Steps, result.Steps);
        Assert.Null(result.Weights);
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e9)]
    [InlineData(1e15)]
    public void Restarts_halve_the_rate_until_training_is_stable(double tooLarge)
    {
        (string, Scalar)[] linear =
        [
            ("model.depth", Scalar.Of(0L)),
            ("loss", Scalar.Of("mean_squared_error")),
            ("optimizer.momentum", Scalar.Of(0L)),
            ("batch_size", Scalar.Of((long)Clusters.Training)),
            ("epochs", Scalar.Of(200L)),
        ];

        var result = Restarted(1000, 0.5, [.. linear, ("learning_rate", Scalar.Of(tooLarge))]);

        // Of a convex quadratic the largest stable rate is 2/λ, whatever the weights: a rate at most half of it is never needed.
        var final = tooLarge * result.Restarts![^1].Factor;
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        Assert.Equal(Math.ScaleB(1, -result.Restarts!.Count), result.Restarts[^1].Factor);
        Assert.Equal(RunOutcome.Completed, clusters.Run([.. linear, ("learning_rate", Scalar.Of(final))]).Outcome);
        Assert.Equal(RunOutcome.Diverged, clusters.Run([.. linear, ("learning_rate", Scalar.Of(4 * final))]).Outcome);
    }

    [Fact]
    public void A_run_that_stays_healthy_is_the_same_with_and_without()
    {
        var plain = clusters.Run(Rich);

        var result = Restarted(3, 0.5, Rich);

        Assert.Empty(result.Restarts!);
        AssertSameButSteps(plain, result, lost: 0);
        Assert.Null(plain.Restarts);
    }

    [Fact]
    public void The_test_split_has_no_part_in_it()
    {
        using var broken = new Clusters(
            bytes: false,
            values => values.AsSpan(^Clusters.Features..).Fill(float.MaxValue)
        );

        var result = Restarted(
            broken,
            3,
            0.5,
            ("initialization", Scalar.Of("normal(10)")),
            ("learning_rate", Scalar.Of(1e-9)),
            ("model.depth", Scalar.Of(1L))
        );

        Assert.Equal("the test loss is not finite", result.Reason);
        Assert.Empty(result.Restarts!);
    }

    [Fact]
    public void A_result_keeps_its_history()
    {
        var result = Restarted(2, 1, ("learning_rate", Scalar.Of(1e30)));

        var read = ArtifactEncoding.DecodeRunResult(ArtifactEncoding.Encode(result));

        Assert.Equal(2, read.Restarts!.Count);
        Assert.Equal(result.Restarts!, read.Restarts!);
    }

    private RunResult Restarted(int atMost, double factor, params (string, Scalar)[] changes) =>
        Restarted(clusters, atMost, factor, changes);

    private static RunResult Restarted(
        Clusters clusters,
        int atMost,
        double factor,
        params (string, Scalar)[] changes
    ) =>
        clusters.Run([
            .. changes,
            ("on_divergence.restart", Scalar.Of("last_healthy")),
            ("on_divergence.learning_rate", Scalar.Of(factor)),
            ("on_divergence.at_most", Scalar.Of((long)atMost)),
        ]);

    private static void AssertSameButSteps(RunResult plain, RunResult result, int lost)
    {
        Assert.Equal(plain.Steps + lost, result.Steps);
        Assert.Equal(
            ArtifactEncoding.Encode(plain),
            ArtifactEncoding.Encode(result with { Steps = plain.Steps, Restarts = null })
        );
    }
}
