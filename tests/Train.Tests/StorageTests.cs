using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class StorageTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void Float32_needs_no_word_and_has_no_loss_scale()
    {
        var spoken = Run("float32", lossScale: null);

        Assert.Equal(ArtifactEncoding.Encode(clusters.Run()), ArtifactEncoding.Encode(spoken));
        Assert.DoesNotContain("epoch_end_loss_scale", spoken.Curves.Keys);
        Assert.DoesNotContain("skipped_steps", spoken.Metrics.Keys);
    }

    [Theory]
    [InlineData("float16", "none")]
    [InlineData("float16", "static(1024)")]
    [InlineData("float16", "dynamic")]
    [InlineData("bfloat16", "none")]
    public void What_can_be_learned_is_learned_in_a_narrow_format(string storage, string lossScale)
    {
        var (full, narrow) = (clusters.Run(), Run(storage, lossScale));

        Assert.Equal(RunOutcome.Completed, narrow.Outcome);
        Assert.NotEqual(full.Weights, narrow.Weights);
        Assert.True(narrow.Metrics["test_accuracy"] >= 0.95);
        Assert.Equal(full.Metrics["train_loss"], narrow.Metrics["train_loss"], 0.02);
        Assert.Equal(ArtifactEncoding.Encode(narrow), ArtifactEncoding.Encode(Run(storage, lossScale)));
    }

    [Theory]
    [InlineData("bfloat16", 16)]
    [InlineData("float16", 13)]
    public void Metrics_of_the_network_itself_look_at_it_as_it_is_stored(string storage, int lowBits)
    {
        var metrics = clusters
            .Run(
                ("storage", Scalar.Of(storage)),
                ("loss_scale", Scalar.Of("none")),
                ("model.depth", Scalar.Of(1L)),
                ("metrics", Scalar.Of("activation_range+quantized_accuracy(16)"))
            )
            .Metrics;

        // The range goes from a 0 of ReLU on; the formats keep the highest bits of a float32.
        var range = (float)metrics["test_activation_range"];
        Assert.Equal(metrics["test_activation_range"], range);
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(range) & ((1u << lowBits) - 1));
        Assert.Equal(metrics["test_accuracy"], metrics["test_quantized_accuracy(16)"]);
    }

    [Fact]
    public void A_run_tells_its_scale_at_each_epochs_end_and_the_steps_that_were_skipped()
    {
        // Gradients of the logits are 1/16 at most, of the first batch above 1/100: they overflow down to a scale of 2²² at least. Twelve
        // steps are an epoch.
        var result = Run("float16", $"dynamic({1L << 40},5)");

        var (scales, skipped) = (result.Curves["epoch_end_loss_scale"], result.Metrics["skipped_steps"]);
        Assert.Equal(4, scales.Length);
        Assert.Equal(Math.ScaleB(1, 40 - 12), scales[0]);
        Assert.Equal(scales[^1], result.Metrics["epoch_end_loss_scale"]);
        Assert.InRange(skipped, 19, 36);
        Assert.Equal(4 * 12, result.Steps);
    }

    [Fact]
    public void Without_a_scale_it_is_1_and_nothing_is_skipped()
    {
        var result = Run("bfloat16", "none");

        Assert.Equal([1, 1, 1, 1], result.Curves["epoch_end_loss_scale"]);
        Assert.Equal((1, 0), (result.Metrics["epoch_end_loss_scale"], result.Metrics["skipped_steps"]));
    }

    [Fact]
    public void A_scale_of_0_is_a_divergence_that_tells_it()
    {
        var backend = Backend.Managed with { Begin = start => new Fallen(Backend.Managed.Begin(start)) };

        var result = Trainer.Run(Narrow("float16", "dynamic"), clusters.Data, backend, CancellationToken.None);

        Assert.Equal(
            (RunOutcome.Diverged, "the loss scale fell to 0", 3),
            (result.Outcome, result.Reason, result.Steps)
        );
        Assert.Equal(
            [KeyValuePair.Create("epoch_end_loss_scale", 0.0), KeyValuePair.Create("skipped_steps", 3.0)],
            result.Metrics
        );
        Assert.All(result.Curves.Values, Assert.Empty);
    }

    [Fact]
    public void A_loss_that_is_not_finite_is_a_divergence_with_a_dynamic_scale_too()
    {
        var result = Run("float16", "dynamic", ("learning_rate", Scalar.Of(1e9)));

        Assert.Equal((RunOutcome.Diverged, "the loss is not finite"), (result.Outcome, result.Reason));
        Assert.Equal(["epoch_end_loss_scale", "skipped_steps"], result.Metrics.Keys);
    }

    [Fact]
    public void Probes_see_gradients_of_the_format_without_their_scale()
    {
        var (full, plain, scaled, tiny) = (
            Norm("float32", null),
            Norm("float16", "none"),
            Norm("float16", "static(1024)"),
            Norm("float16", $"static({Math.ScaleB(1, -24):R})".ToLowerInvariant())
        );

        Assert.Equal(full, plain, full * 0.01);
        Assert.NotEqual(full, plain);
        Assert.Equal(full, scaled, full * 0.01);
        Assert.Equal(0, tiny);

        double Norm(string storage, string? lossScale) =>
            Run(storage, lossScale, ("probes", Scalar.Of("layer_gradients")))
                .Probes!.First(probe => probe.Epoch == 0)
                .Values["weight_gradient_norm"];
    }

    [Fact]
    public void A_runs_key_has_its_storage_and_its_loss_scale_where_that_is_narrow()
    {
        var narrow = Narrow("float16", "dynamic(8,3)");
        Assert.Contains("loss_scale", Trainer.Reads(narrow).Keys);
        Assert.Contains("storage", Trainer.Reads(narrow).Keys);
        Assert.Contains(
            ("loss_scale", "dynamic(8,3)"),
            RunOperations.Of(narrow).Select(o => (o.Kind, o.Call.ToString()))
        );
        Assert.DoesNotContain("loss_scale", Trainer.Reads(Narrow("float32", "dynamic(8,3)")).Keys);
        Assert.DoesNotContain("loss_scale", RunOperations.Of(Spec.Base).Select(operation => operation.Kind));
    }

    private RunResult Run(string storage, string? lossScale, params (string Key, Scalar Value)[] changes) =>
        Trainer.Run(
            Trainer.Reads(Narrow(storage, lossScale, changes)),
            clusters.Data,
            Backend.Managed,
            CancellationToken.None
        );

    private static Parameters Narrow(string storage, string? lossScale, params (string Key, Scalar Value)[] changes)
    {
        var spec = Spec.With(changes);
        return Parameters.Of([
            .. spec.Keys.Select(key => KeyValuePair.Create(key, spec[key])),
            new("storage", Scalar.Of(storage)),
            .. lossScale is null ? [] : new[] { KeyValuePair.Create("loss_scale", Scalar.Of(lossScale)) },
        ]);
    }

    /// <summary>A network whose loss scale is 0 after three steps.</summary>
    private sealed class Fallen(ITrainableNetwork inner) : WrappedNetwork(inner)
    {
        private int steps;

        public override int SkippedSteps => steps;

        public override float LossScale => steps < 3 ? 1 : 0;

        public override BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
        {
            steps++;
            return base.TrainStep(inputs, labels, learningRate);
        }
    }
}
