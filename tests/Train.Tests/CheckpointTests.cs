using System.Text;
using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class CheckpointTests : IDisposable
{
    private const int StepsOfEpoch = Clusters.Training / 16;

    private static readonly (string, Scalar)[] Restarting =
    [
        ("on_divergence.restart", Scalar.Of("last_healthy")),
        ("on_divergence.learning_rate", Scalar.Of(Math.ScaleB(1, -120))),
        ("on_divergence.at_most", Scalar.Of(3L)),
    ];

    private readonly Clusters clusters = new();

    public static TheoryData<string> Runs => [.. Changes.Keys];

    /// <summary>Runs that between them use all of a state: what they are called, and how they differ from the base.</summary>
    private static Dictionary<string, (string, Scalar)[]> Changes { get; } =
        new(StringComparer.Ordinal)
        {
            ["plain"] = [],
            ["statistics, masks, probes of updates"] =
            [
                ("normalization", Scalar.Of("batch")),
                ("model.dropout", Scalar.Of(0.1)),
                ("probes", Scalar.Of("updates+movement")),
                ("probe_epochs", Scalar.Of("all")),
                ("epoch_end_metrics", Scalar.Of(true)),
                ("activation_norm", Scalar.Of(true)),
            ],
            ["two moments, then none"] =
            [
                ("optimizer.kind", Scalar.Of("adam")),
                ("optimizer.beta1", Scalar.Of(0.9)),
                ("optimizer.beta2", Scalar.Of(0.999)),
                ("optimizer.epsilon", Scalar.Of(1e-8)),
                ("mid_run", Scalar.Of("to_sgd(2,0.05,0.9)")),
                ("schedule", Scalar.Of("cosine")),
            ],
            ["narrow storage"] =
            [
                ("storage", Scalar.Of("float16")),
                ("loss_scale", Scalar.Of("dynamic(1024,3)")),
                ("mid_run", Scalar.Of("reset_loss_scale(2)")),
            ],
            ["a restart"] =
            [
                .. Restarting,
                ("mid_run", Scalar.Of($"scale_learning_rate(2,{CanonicalJson.Number(Math.ScaleB(1, 120))})")),
                ("probes", Scalar.Of("updates")),
                ("probe_epochs", Scalar.Of("all")),
            ],
            ["an early stop"] =
            [
                ("epochs", Scalar.Of(9L)),
                ("learning_rate", Scalar.Of(0.5)),
                ("stop.metric", Scalar.Of("validation_loss")),
                ("stop.patience", Scalar.Of(2L)),
                ("stop.weights", Scalar.Of("best")),
            ],
        };

    public void Dispose() => clusters.Dispose();

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_run_ends_in_the_same_bits_wherever_it_was_broken_off(string name)
    {
        var spec = Spec.With(Changes[name]);
        var watch = new Keeper();
        var whole = Run(spec, watch);

        Assert.InRange(watch.Kept.Count, 2 * StepsOfEpoch, 9 * StepsOfEpoch);
        Assert.All(
            watch.Kept.Append(Interrupted(spec, atCheck: 3)),
            kept => Assert.Equal(whole, Run(spec, null, kept))
        );
    }

    [Fact]
    public void A_run_that_is_interrupted_while_it_validates_goes_on_with_that()
    {
        var spec = Spec.With(("epoch_end_metrics", Scalar.Of(true)));
        var whole = Run(spec, null);

        // A check a step, then one for each batch of both evaluations.
        for (var check = 1; check <= StepsOfEpoch + 4; check++)
            Assert.Equal(whole, Run(spec, null, Interrupted(spec, check)));
    }

    [Fact]
    public void What_is_seen_of_a_run_is_where_it_stands()
    {
        var watch = new Keeper();

        Run(Spec.Base, watch);

        Assert.Equal(
            from epoch in Enumerable.Range(0, 4)
            from step in Enumerable.Range(1, StepsOfEpoch)
            select (epoch, step),
            watch.Seen
        );
        Assert.All(watch.Losses, loss => Assert.InRange(loss, 0, 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("{\"Now\":{\"Epoch\":1}}")]
    public void What_is_no_checkpoint_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => Run(Spec.Base, null, Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_checkpoint_of_another_run_is_refused()
    {
        var watch = new Keeper();
        Run(Spec.With(("model.width", Scalar.Of(21L))), watch);
        Assert.Throws<InvalidDataException>(() => Run(Spec.Base, null, watch.Kept[5]));

        Assert.Throws<InvalidDataException>(() =>
            Run(Spec.With(("epoch_end_metrics", Scalar.Of(true)), ("model.width", Scalar.Of(21L))), null, watch.Kept[5])
        );
    }

    private string Run(Parameters spec, IRunWatch? watch, byte[]? checkpoint = null) =>
        Encoding.UTF8.GetString(
            ArtifactEncoding.Encode(
                Trainer.Run(spec, clusters.Data, Backend.Managed, CancellationToken.None, watch, checkpoint)
            )
        );

    // Cancelled from within a step or an evaluation, whichever comes then, which the next check sees.
    private byte[] Interrupted(Parameters spec, int atCheck)
    {
        using var source = new CancellationTokenSource();
        var (watch, calls) = (new Keeper(), 0);
        var backend = new Backend(
            "watched",
            start => new WatchedCalls(
                Backend.Managed.Begin(start),
                () =>
                {
                    if (++calls == atCheck)
                        source.Cancel();
                }
            )
        );
        Assert.Throws<OperationCanceledException>(() => Trainer.Run(spec, clusters.Data, backend, source.Token, watch));
        return watch.Last!;
    }

    private sealed class Keeper : IRunWatch
    {
        public List<byte[]> Kept { get; } = [];

        public List<(int Epoch, int Step)> Seen { get; } = [];

        public List<double> Losses { get; } = [];

        public byte[]? Last { get; private set; }

        public void AfterStep(IRunInTraining run)
        {
            Kept.Add(run.Checkpoint());
            Seen.Add((run.Epoch, run.Step));
            Losses.Add(run.Loss);
        }

        public void Interrupted(IRunInTraining run) => Last = run.Checkpoint();
    }

    private sealed class WatchedCalls(ITrainableNetwork inner, Action called) : WrappedNetwork(inner)
    {
        public override BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
        {
            called();
            return base.TrainStep(inputs, labels, learningRate);
        }

        public override BatchResult Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
        {
            called();
            return base.Evaluate(inputs, labels);
        }
    }
}
