using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class BackendTests : IDisposable
{
    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Fact]
    public void Another_backend_is_handed_the_same_weights_and_batches_and_makes_the_run()
    {
        Recorded? seen = null;
        var backend = new Backend(
            "recorded",
            start => seen = new Recorded(Backend.Managed.Begin(start)) { Initial = start.InitialWeights }
        );

        var result = Trainer.Run(Spec.Base, clusters.Data, backend, CancellationToken.None);

        Assert.Equal(ArtifactEncoding.Encode(clusters.Run()), ArtifactEncoding.Encode(result));
        Assert.NotNull(seen);
        Assert.Equal(result.Steps, seen.Steps);
        Assert.Equal(4 * (Clusters.Training / 16), seen.Steps);
        Assert.Contains(
            seen.Initial,
            tensor => tensor.Name.EndsWith("weight", StringComparison.Ordinal) && tensor.Values.Any(value => value != 0)
        );
        Assert.True(seen.IsDisposed);
    }

    [Fact]
    public void What_a_backend_says_of_a_network_decides_how_the_run_ends()
    {
        var backend = Backend.Managed with
        {
            Name = "broken",
            Begin = start => new Recorded(Backend.Managed.Begin(start)) { Loss = double.NaN },
        };

        var result = Trainer.Run(Spec.Base, clusters.Data, backend, CancellationToken.None);

        Assert.Equal(RunOutcome.Diverged, result.Outcome);
        Assert.Equal(1, result.Steps);
    }

    /// <summary>A network that leaves its work to another and notes what it is asked.</summary>
    private sealed class Recorded(ITrainableNetwork inner) : WrappedNetwork(inner), IDisposable
    {
        public IReadOnlyList<NamedTensor> Initial { get; init; } = [];

        public double? Loss { get; init; }

        public int Steps { get; private set; }

        public bool IsDisposed { get; private set; }

        public override BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
        {
            Steps++;
            var result = base.TrainStep(inputs, labels, learningRate);
            return Loss is { } loss ? result with { LossSum = loss } : result;
        }

        public void Dispose() => IsDisposed = true;
    }
}
