using Pipeline.Artifacts;

namespace Pipeline.Train.Tests;

public sealed class EarlyStopTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData("validation_loss", 1)]
    [InlineData("validation_loss", 2)]
    [InlineData("train_loss", 1)]
    [InlineData("validation_accuracy", 3)]
    [InlineData("train_accuracy", 2)]
    public void A_run_ends_when_a_curve_has_not_got_better_for_some_epochs(string metric, int patience)
    {
        var whole = Run();
        var curve = whole.Curves[metric];
        var best = Best(curve, metric, patience);

        var stopped = Run(Stop(metric, patience));

        Assert.Equal(best, stopped.Metrics["best_epoch"]);
        Assert.Equal(best + patience, stopped.Metrics["epochs_trained"]);
        Assert.True(best + patience < curve.Length, "it stops before the end");
        Assert.All(stopped.Curves, c => Assert.Equal(whole.Curves[c.Key][..(best + patience)], c.Value));
        Assert.Equal(stopped.Curves["validation_loss"][^1], stopped.Metrics["validation_loss"]);
        Assert.Equal(Run(("epochs", Scalar.Of((long)(best + patience)))).Weights, stopped.Weights);
    }

    [Fact]
    public void The_best_epoch_is_the_result_where_that_is_asked_for()
    {
        const int patience = 2;
        var best = Best(Run().Curves["validation_loss"], "validation_loss", patience);
        var there = Run(("epochs", Scalar.Of((long)best)));

        var stopped = Run([.. Stop("validation_loss", patience), ("stop.weights", Scalar.Of("best"))]);

        Assert.Equal(there.Weights, stopped.Weights);
        Assert.Equal(there.Correct, stopped.Correct);
        Assert.Equal(best + patience, stopped.Curves["train_loss"].Length);
        Assert.Equal((best, best + patience), (stopped.Metrics["best_epoch"], stopped.Metrics["epochs_trained"]));
        Assert.All(there.Metrics, metric => Assert.Equal(metric.Value, stopped.Metrics[metric.Key]));
    }

    [Fact]
    public void A_run_that_gets_better_to_the_end_takes_all_epochs()
    {
        var whole = clusters.Run();

        var result = clusters.Run([.. Stop("train_loss", 1), ("learning_rate", Scalar.Of(0.01))]);

        Assert.Equal(whole.Curves["train_loss"].Length, result.Metrics["epochs_trained"]);
        Assert.Equal(result.Metrics["epochs_trained"], result.Metrics["best_epoch"]);
    }

    [Fact]
    public void A_run_that_diverges_has_no_best_epoch()
    {
        var result = Run([.. Stop("validation_loss", 2), ("learning_rate", Scalar.Of(1e30))]);

        Assert.Equal(RunOutcome.Diverged, result.Outcome);
        Assert.Empty(result.Metrics);
    }

    [Fact]
    public void A_restart_forgets_a_best_epoch_behind_it()
    {
        // The rate explodes after two epochs; from there it goes on as if nothing had been.
        var factor = Math.ScaleB(1, -120);
        (string, Scalar)[] stop = [.. Stop("validation_loss", 2), ("stop.weights", Scalar.Of("best"))];
        var plain = Run(stop);

        var result = Run([
            .. stop,
            ("mid_run", Scalar.Of($"scale_learning_rate(2,{CanonicalJson.Number(1 / factor)})")),
            ("on_divergence.restart", Scalar.Of("last_healthy")),
            ("on_divergence.learning_rate", Scalar.Of(factor)),
            ("on_divergence.at_most", Scalar.Of(3L)),
        ]);

        Assert.NotEmpty(result.Restarts!);
        Assert.Equal(plain.Weights, result.Weights);
        Assert.Equal(plain.Metrics["best_epoch"], result.Metrics["best_epoch"]);
    }

    // The noise of a large rate makes every curve worse now and then.
    private RunResult Run(params (string, Scalar)[] changes) =>
        clusters.Run([("epochs", Scalar.Of(12L)), ("learning_rate", Scalar.Of(0.5)), .. changes]);

    private static (string, Scalar)[] Stop(string metric, long patience) =>
        [
            ("stop.metric", Scalar.Of(metric)),
            ("stop.patience", Scalar.Of(patience)),
            ("stop.weights", Scalar.Of("last")),
        ];

    // The first epoch that none of so many after it beats.
    private static int Best(double[] curve, string metric, int patience)
    {
        var sign = metric.EndsWith("_loss", StringComparison.Ordinal) ? 1 : -1;
        var (best, value) = (1, sign * curve[0]);
        for (var epoch = 2; epoch <= curve.Length && epoch - best <= patience; epoch++)
        {
            if (sign * curve[epoch - 1] < value)
                (best, value) = (epoch, sign * curve[epoch - 1]);
        }
        return best;
    }
}
