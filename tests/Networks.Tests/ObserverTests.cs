using Pipeline.Networks.Descriptions;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

public sealed class ObserverTests
{
    private const float NaN = float.NaN;

    private sealed record Seen(LayerDescription Layer, float[] X, float[] Y, float[] Dy, float[] Dx);

    public static TheoryData<string> Networks() => Samples.Networks();

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_layer_is_shown_once_from_the_last_to_the_first(string name)
    {
        var sample = SampleNetworks.Get(name);

        Assert.Equal(Backwards(sample.Description.Layers()), Look(sample).Seen.Select(seen => seen.Layer.Name));

        static IEnumerable<string> Backwards(IReadOnlyList<LayerDescription> layers) =>
            layers
                .Reverse()
                .SelectMany(layer =>
                    layer is ResidualDescription residual
                        ? [.. Backwards(residual.Body), .. Backwards(residual.Shortcut), layer.Name]
                        : new[] { layer.Name }
                );
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void What_flows_between_layers_is_that_of_forward_and_backward_pass(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (_, seen) = Look(sample);
        var (x, labels) = Batch(sample);
        var (dx, logits) = (new float[x.Length], new float[labels.Length * sample.Description.Classes]);
        sample.Build().Differentiate(x, labels, dx, logits);

        var chain = sample
            .Description.Layers()
            .Reverse()
            .Select(layer => seen.Single(s => s.Layer.Name == layer.Name))
            .ToArray();
        Samples.AssertSameBits(logits, chain[0].Y, "logits");
        Samples.AssertSameBits(ChannelsLast(sample, x), chain[^1].X, "inputs");
        Samples.AssertSameBits(ChannelsLast(sample, dx), chain[^1].Dx, "the gradient of the inputs");
        for (var i = 1; i < chain.Length; i++)
        {
            Samples.AssertSameBits(chain[i - 1].X, chain[i].Y, $"what comes out of {chain[i].Layer.Name}");
            Samples.AssertSameBits(
                chain[i - 1].Dx,
                chain[i].Dy,
                $"the gradient of what comes out of {chain[i].Layer.Name}"
            );
        }
        Assert.All(
            seen,
            s =>
                Assert.Equal(
                    (
                        s.Layer.Input.Values * labels.Length,
                        s.Layer.Output.Values * labels.Length,
                        s.Y.Length,
                        s.X.Length
                    ),
                    (s.X.Length, s.Y.Length, s.Dy.Length, s.Dx.Length)
                )
        );
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_block_adds_what_its_body_and_its_shortcut_show(string name)
    {
        var (_, seen) = Look(SampleNetworks.Get(name));
        foreach (var block in seen.Where(s => s.Layer is ResidualDescription))
        {
            var residual = (ResidualDescription)block.Layer;
            var (first, last) = (Of(residual.Body[0]), Of(residual.Body[^1]));
            var (shortcutY, shortcutDx) =
                residual.Shortcut.Count == 0
                    ? (block.X, block.Dy)
                    : (Of(residual.Shortcut[^1]).Y, Of(residual.Shortcut[0]).Dx);
            Samples.AssertSameBits(block.X, first.X, "what goes in");
            Samples.AssertSameBits(block.Dy, last.Dy, "the gradient of what comes out");
            Samples.AssertSameBits([.. last.Y.Zip(shortcutY, (a, b) => a + b)], block.Y, "what comes out");
            Samples.AssertSameBits(
                [.. first.Dx.Zip(shortcutDx, (a, b) => a + b)],
                block.Dx,
                "the gradient of what goes in"
            );
        }

        Seen Of(LayerDescription layer) => seen.Single(s => s.Layer.Name == layer.Name);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_gradients_are_those_of_a_step(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (gradients, _) = Look(sample);
        var network = sample.Build();
        var (x, labels) = Batch(sample);
        network.Differentiate(x, labels, dinputs: default);

        Assert.Equal(
            sample.Description.Tensors().Where(tensor => tensor.IsTrained).Select(tensor => tensor.Name),
            gradients.Select(gradient => gradient.Name)
        );
        foreach (var (expected, gradient) in network.Gradients().Zip(gradients))
        {
            Assert.Equal(expected.Shape, gradient.Shape);
            Samples.AssertSameBits(expected.Values, gradient.Values, gradient.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_that_follows_moves_the_weights_as_if_no_one_had_looked(string name)
    {
        var sample = SampleNetworks.Get(name);
        var (x, labels) = Batch(sample);
        var (looked, other, plain) = (sample.Build(), sample.Build(), sample.Build());
        looked.Observe(x, labels, (_, _, _, _, _) => { });
        foreach (var network in new[] { looked, other, plain })
            network.TrainStep(x, labels, 0.1f);

        Assert.Equal(Samples.DigestOf(plain), Samples.DigestOf(other));
        var isTrained = sample
            .Description.Tensors()
            .Where(tensor => tensor.IsTrained)
            .Select(tensor => tensor.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (
            var (expected, actual) in plain
                .Tensors()
                .Zip(looked.Tensors())
                .Where(pair => isTrained.Contains(pair.First.Name))
        )
            Samples.AssertSameBits(expected.Values, actual.Values, expected.Name);
    }

    [Fact]
    public void Only_the_call_that_names_an_observer_shows_it_anything()
    {
        var network = Samples.Network(Samples.Mlp(), largestBatch: 4);
        var (x, labels, count) = (Samples.Normals(20), Samples.Labels(4, 4), 0);

        network.Observe(x, labels, (_, _, _, _, _) => count++);
        Assert.Equal(network.Observe(x, labels, (_, _, _, _, _) => { }).Count, network.Gradients().Count);
        network.TrainStep(x, labels, 0.1f);

        Assert.Equal(Samples.Mlp().Layers().Count, count);
    }

    [Fact]
    public void An_observer_that_fails_is_forgotten()
    {
        var network = Samples.Network(Samples.Mlp(), largestBatch: 4);
        var (x, labels) = (Samples.Normals(20), Samples.Labels(4, 4));

        Assert.Throws<InvalidOperationException>(() =>
            network.Observe(x, labels, (_, _, _, _, _) => throw new InvalidOperationException())
        );
        network.TrainStep(x, labels, 0.1f);
    }

    [Fact]
    public void What_a_step_refuses_is_refused()
    {
        var network = Samples.Network(Samples.Mlp(), largestBatch: 4);

        foreach (
            var (x, labels) in new[]
            {
                (new float[19], new int[4]),
                (new float[25], new int[5]),
                (new float[20], [0, 1, 2, 4]),
                ([NaN, .. new float[19]], new int[4]),
            }
        )
        {
            var expected = Assert.ThrowsAny<ArgumentException>(() => network.TrainStep(x, labels, 0.1f));
            Assert.Equal(
                expected.Message,
                Assert.ThrowsAny<ArgumentException>(() => network.Observe(x, labels, (_, _, _, _, _) => { })).Message
            );
        }
    }

    private static (IReadOnlyList<NamedTensor> Gradients, IReadOnlyList<Seen> Seen) Look(SampleNetwork sample)
    {
        var (x, labels) = Batch(sample);
        var seen = new List<Seen>();
        return (
            sample
                .Build()
                .Observe(
                    x,
                    labels,
                    (layer, x, y, dy, dx) => seen.Add(new(layer, x.ToArray(), y.ToArray(), dy.ToArray(), dx.ToArray()))
                ),
            seen
        );
    }

    private static (float[] X, int[] Labels) Batch(SampleNetwork sample) =>
        (
            Samples.Normals(SampleNetwork.Rows * sample.Description.Input.Values),
            Samples.Labels(SampleNetwork.Rows, sample.Description.Classes)
        );

    /// <summary>Images as [pixels, channels].</summary>
    private static float[] ChannelsLast(SampleNetwork sample, float[] x)
    {
        var (channels, values) = (sample.Description.Input.Channels, sample.Description.Input.Values);
        if (!sample.Description.Input.IsImage)
            return x;
        var pixels = values / channels;
        return
        [
            .. Enumerable
                .Range(0, x.Length)
                .Select(i => x[(i / values * values) + (i % channels * pixels) + (i % values / channels)]),
        ];
    }
}
