using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

/// <summary>A run that is measured is the run that is not, bit for bit.</summary>
public sealed class ProbeEffectTests : IDisposable
{
    private static readonly (string, Scalar)[] Measured =
    [
        ("probes", Scalar.Of(string.Join('+', ProbeCatalogue.Names))),
        ("probe_epochs", Scalar.Of("all")),
    ];

    private readonly Clusters clusters = new();
    private readonly Pictures pictures = new();

    public void Dispose()
    {
        clusters.Dispose();
        pictures.Dispose();
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("mlp", "normalization", "batch")]
    [InlineData("mlp", "normalization", "batch", "normalization_position", "after_activation")]
    [InlineData("mlp", "optimizer.kind", "adam")]
    [InlineData("mlp", "optimizer.kind", "nesterov", "normalization", "layer")]
    [InlineData("mlp", "loss", "mean_squared_error")]
    [InlineData("resmlp")]
    [InlineData("resmlp", "normalization", "batch", "optimizer.kind", "adam")]
    public void Probes_change_nothing_of_a_perceptron(string kind, params string[] changes) =>
        AssertUnchanged(clusters.Data, kind, changes);

    [Theory]
    [InlineData("cnn")]
    [InlineData("cnn", "normalization", "batch", "optimizer.kind", "adam")]
    [InlineData("rescnn", "normalization", "batch")]
    [InlineData("resmlp", "loss", "mean_squared_error")]
    public void Probes_change_nothing_of_a_network_whose_images_are_moved_and_mirrored(
        string kind,
        params string[] changes
    ) => AssertUnchanged(pictures.Data, kind, changes);

    [Fact]
    public void Probes_change_nothing_where_a_step_is_an_epoch() =>
        AssertUnchanged(clusters.Data, "mlp", "normalization", "batch", "batch_size", "200");

    [Fact]
    public void Measuring_twice_gives_the_same_bytes() =>
        Assert.Equal(ArtifactEncoding.Encode(clusters.Run(Measured)), ArtifactEncoding.Encode(clusters.Run(Measured)));

    private static void AssertUnchanged(PreparedData data, string kind, params string[] changes)
    {
        (string, Scalar)[] all =
        [
            ("model.kind", Scalar.Of(kind)),
            ("model.depth", Scalar.Of(kind == "cnn" ? 1L : 2L)),
            ("model.dropout", Scalar.Of(0.2)),
            .. changes
                .Chunk(2)
                .Select(change =>
                    (change[0], long.TryParse(change[1], out var number) ? Scalar.Of(number) : Scalar.Of(change[1]))
                ),
        ];
        var (plain, measured) = (Run(all), Run([.. all, .. Measured]));

        Assert.Equal(RunOutcome.Completed, measured.Outcome);
        Assert.Equal(ArtifactEncoding.Encode(plain), ArtifactEncoding.Encode(measured with { Probes = null }));
        Assert.Null(plain.Probes);
        Assert.NotEmpty(measured.Probes!);
        Assert.All(
            measured.Probes!.SelectMany(layer => layer.Values.Values),
            value => Assert.True(double.IsFinite(value))
        );

        RunResult Run((string Key, Scalar Value)[] settings)
        {
            (string, Scalar)[] others =
            [
                ("model.kernel", Scalar.Of(3L)),
                ("model.pooling", Scalar.Of("max")),
                ("optimizer.beta1", Scalar.Of(0.9)),
                ("optimizer.beta2", Scalar.Of(0.999)),
                ("optimizer.epsilon", Scalar.Of(1e-8)),
            ];
            var spec = Spec.With(settings);
            return Trainer.Run(
                Parameters.Of([
                    .. spec.Keys.Select(key => KeyValuePair.Create(key, spec[key])),
                    .. others.Select(other => KeyValuePair.Create(other.Item1, other.Item2)),
                ]),
                data,
                Backend.Managed,
                CancellationToken.None
            );
        }
    }
}
