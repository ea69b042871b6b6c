using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Fuzz.Targets;

/// <summary>Checkpoints of runs, from which a tiny run goes on to its end.</summary>
internal static class CheckpointTargets
{
    private static readonly Parameters Spec = Parameters.Of([
        new("activation", Scalar.Of("relu")),
        new("batch_size", Scalar.Of(2L)),
        new("epoch_end_metrics", Scalar.Of(false)),
        new("epochs", Scalar.Of(2L)),
        new("initial_bias", Scalar.Of(0L)),
        new("initialization", Scalar.Of("he_normal")),
        new("learning_rate", Scalar.Of(0.05)),
        new("loss", Scalar.Of("softmax_cross_entropy")),
        new("metrics", Scalar.Of("none")),
        new("model.depth", Scalar.Of(1L)),
        new("model.dropout", Scalar.Of(0L)),
        new("model.kind", Scalar.Of("mlp")),
        new("model.width", Scalar.Of(4L)),
        new("normalization", Scalar.Of("batch")),
        new("normalization_affine", Scalar.Of(true)),
        new("normalization_position", Scalar.Of("before_activation")),
        new("optimizer.clip_norm", Scalar.Of(0L)),
        new("optimizer.kind", Scalar.Of("sgd")),
        new("optimizer.momentum", Scalar.Of(0.9)),
        new("optimizer.weight_decay", Scalar.Of(0L)),
        new("probe_epochs", Scalar.Of("0,1")),
        new("probes", Scalar.Of("movement")),
        new("schedule", Scalar.Of("constant")),
        new("seed", Scalar.Of(0L)),
    ]);

    /// <summary>The target, whose data are written to a folder.</summary>
    public static IEnumerable<FuzzTarget> In(string folder)
    {
        var path = Path.Combine(folder, "checkpoint.data");
        File.WriteAllBytes(path, ArtifactTargets.Prepared());
        var data = PreparedData.Open(path);
        var watch = new Watch();
        Trainer.Run(Spec, data, Backend.Managed, CancellationToken.None, watch);
        yield return new(
            "checkpoint",
            watch.Checkpoints,
            input => Trainer.Run(Spec, data, Backend.Managed, CancellationToken.None, watch: null, input.Bytes),
            typeof(InvalidDataException)
        );
    }

    private sealed class Watch : IRunWatch
    {
        public List<byte[]> Checkpoints { get; } = [];

        public void AfterStep(IRunInTraining run) => Checkpoints.Add(run.Checkpoint());

        public void Interrupted(IRunInTraining run) { }
    }
}
