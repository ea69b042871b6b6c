using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;
using Pipeline.Train.Tests;

namespace Pipeline.Fuzz.Targets;

/// <summary>Checkpoints of runs, from which a tiny run goes on to its end.</summary>
internal static class CheckpointTargets
{
    private static readonly Parameters Run = Spec.With(
        ("batch_size", Scalar.Of(2L)),
        ("epochs", Scalar.Of(2L)),
        ("model.depth", Scalar.Of(1L)),
        ("model.width", Scalar.Of(4L)),
        ("normalization", Scalar.Of("batch")),
        ("probe_epochs", Scalar.Of("0,1")),
        ("probes", Scalar.Of("movement"))
    );

    /// <summary>The target, whose data are written to a folder.</summary>
    public static IEnumerable<FuzzTarget> In(string folder)
    {
        var path = Path.Combine(folder, "checkpoint.data");
        File.WriteAllBytes(path, ArtifactTargets.Prepared());
        var data = PreparedData.Open(path);
        var watch = new Watch();
        Trainer.Run(Run, data, Backend.Managed, CancellationToken.None, watch);
        yield return new(
            "checkpoint",
            watch.Checkpoints,
            input => Trainer.Run(Run, data, Backend.Managed, CancellationToken.None, watch: null, input.Bytes),
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
