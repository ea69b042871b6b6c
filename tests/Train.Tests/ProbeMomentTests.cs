using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class ProbeMomentTests : IDisposable
{
    private static readonly string[] Layers = ["layers.0.linear", "layers.1.linear", "output"];

    private readonly Clusters clusters = new();

    public void Dispose() => clusters.Dispose();

    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("0,2", new[] { 0, 2 })]
    [InlineData("4", new[] { 4 })]
    [InlineData("3,5,100", new[] { 3 })]
    [InlineData("5", new int[0])]
    [InlineData("all", new[] { 0, 1, 2, 3, 4 })]
    public void A_network_is_looked_at_after_the_epochs_that_a_run_names(string moments, int[] expected)
    {
        foreach (var probes in new[] { "layer_gradients", "layer_gradients+updates", "updates" })
        {
            var measured = Run(clusters, probes, moments).Probes!;

            Assert.Equal(
                expected.SelectMany(epoch => Layers.Select((name, i) => (epoch, i + 1, name))),
                measured.Select(layer => (layer.Epoch, layer.Layer, layer.Name))
            );
        }
    }

    [Fact]
    public void A_run_without_probes_measures_nothing() => Assert.Null(Run(clusters, "none", "all").Probes);

    [Fact]
    public void A_run_without_probes_needs_no_moments() =>
        Assert.Equal(
            RunOutcome.Completed,
            Trainer
                .Run(
                    Spec.Base.Where(key => key != "probe_epochs"),
                    clusters.Data,
                    Backend.Managed,
                    CancellationToken.None
                )
                .Outcome
        );

    [Fact]
    public void A_run_with_probes_must_say_when()
    {
        var spec = Spec.With(("probes", Scalar.Of("symmetry"))).Where(key => key != "probe_epochs");

        var e = Assert.Throws<KeyNotFoundException>(() =>
            Trainer.Run(spec, clusters.Data, Backend.Managed, CancellationToken.None)
        );
        Assert.Contains("'probe_epochs'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layer_gradients")]
    [InlineData("layer_gradients+updates")]
    public void What_a_probe_says_depends_on_no_other_moment(string probes)
    {
        var all = Run(clusters, probes, "all").Probes!;

        foreach (var epoch in new[] { 0, 3, 4 })
            Assert.Equal(
                Encoded(all.Where(layer => layer.Epoch == epoch)),
                Encoded(Run(clusters, probes, $"{epoch}").Probes!)
            );

        static string Encoded(IEnumerable<LayerProbe> layers) =>
            string.Join(
                '\n',
                layers.SelectMany(
                    layer => layer.Values,
                    (layer, value) => $"{layer.Epoch} {layer.Layer} {layer.Name} {value.Key} {value.Value:R}"
                )
            );
    }

    [Fact]
    public void A_run_that_diverges_in_its_first_epoch_keeps_what_was_seen_at_initialization()
    {
        var result = Run(
            clusters,
            string.Join('+', ProbeCatalogue.Names),
            "all",
            ("initialization", Scalar.Of("normal(1)")),
            ("learning_rate", Scalar.Of(1e9))
        );

        Assert.Equal(RunOutcome.Diverged, result.Outcome);
        Assert.Equal(
            Layers.Select((name, i) => (0, i + 1, name)),
            result.Probes!.Select(layer => (layer.Epoch, layer.Layer, layer.Name))
        );
        Assert.All(result.Probes!, layer => Assert.True(layer.Values["weight_gradient_norm"] > 0));
        AssertFinite(result);
    }

    [Fact]
    public void A_run_that_diverges_on_the_test_split_keeps_all_moments()
    {
        using var broken = new Clusters(
            bytes: false,
            values => values.AsSpan(^Clusters.Features..).Fill(float.MaxValue)
        );

        var result = Run(
            broken,
            string.Join('+', ProbeCatalogue.Names),
            "all",
            ("initialization", Scalar.Of("normal(10)")),
            ("learning_rate", Scalar.Of(1e-9)),
            ("model.depth", Scalar.Of(1L))
        );

        Assert.Equal(RunOutcome.Diverged, result.Outcome);
        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], result.Probes!.Select(layer => layer.Epoch));
        AssertFinite(result);
    }

    // Its products are no float32 any more: what there is of finite numbers, such as weights, is still told.
    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        using var far = new Clusters(bytes: false, values => values.AsSpan().Fill(1e38f));

        var result = Run(
            far,
            "activation_scale+layer_gradients+symmetry+saturation",
            "0",
            ("initialization", Scalar.Of("normal(100)"))
        );

        Assert.Equal((RunOutcome.Diverged, 1), (result.Outcome, result.Steps));
        Assert.All(result.Probes!, layer => Assert.Contains("unit_difference", layer.Values.Keys));
        Assert.All(result.Probes!, layer => Assert.DoesNotContain("product_scale", layer.Values.Keys));
        AssertFinite(result);
    }

    // What is measured at last stands on weights that saw the training split alone.
    [Fact]
    public void Rows_outside_the_training_split_have_no_say()
    {
        using var plain = new Clusters(bytes: false);
        using var other = new Clusters(
            bytes: false,
            values => values.AsSpan(Clusters.Training * Clusters.Features).Fill(7)
        );

        Assert.Equal(Norms(plain), Norms(other));

        static double[] Norms(Clusters data) =>
            [.. Run(data, "layer_gradients", "0,4").Probes!.Select(layer => layer.Values["weight_gradient_norm"])];
    }

    private static RunResult Run(
        Clusters data,
        string probes,
        string moments,
        params (string Key, Scalar Value)[] changes
    ) => data.Run([.. changes, ("probes", Scalar.Of(probes)), ("probe_epochs", Scalar.Of(moments))]);

    private static void AssertFinite(RunResult result) =>
        Assert.All(
            result.Probes!.SelectMany(layer => layer.Values.Values),
            value => Assert.True(double.IsFinite(value))
        );
}
