using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>What is the same in every network: where hidden units normalize, and which of their tensors are there.</summary>
public sealed class HiddenUnitTests
{
    private static readonly FeatureShape Image = new(2, 6, 6);

    private static NetworkDescription[] Networks(string normalization) =>
        [
            Samples.Mlp(normalization: normalization),
            Samples.Cnn(Image, normalization: normalization),
            Samples.ResMlp(depth: 2, normalization: normalization),
            Samples.ResCnn(Image, depth: 2, normalization: normalization),
        ];

    [Theory]
    [InlineData("none", true)]
    [InlineData("rms", true)]
    [InlineData("batch", false)]
    [InlineData("layer", false)]
    [InlineData("group", false, 3.0)]
    [InlineData("instance", false)]
    public void A_bias_is_there_unless_a_normalization_that_follows_has_a_shift(
        string normalization,
        bool isThere,
        params double[] arguments
    )
    {
        foreach (var network in Networks("none").Where(n => normalization != "instance" || n.Input.IsImage))
        {
            var sut = network with { Normalization = Operation.Of(normalization, arguments) };
            AssertBiases(sut, isThere);
            AssertBiases(sut with { IsAffine = false }, isThere: true);
            AssertBiases(sut with { Position = NormalizationPosition.AfterActivation }, isThere: true);
        }
    }

    [Fact]
    public void A_unit_normalizes_before_its_activation_or_after_it()
    {
        foreach (var network in Networks("layer"))
        {
            var unit =
                network is MlpDescription ? "layers.1"
                : network is CnnDescription ? "stages.1"
                : "stem";
            string[] before = [.. Names(network).Where(IsOfUnit)];
            string[] after =
            [
                .. Names(network with { Position = NormalizationPosition.AfterActivation }).Where(IsOfUnit),
            ];
            Assert.Equal([$"{unit}.normalization", $"{unit}.activation"], before);
            Assert.Equal([$"{unit}.activation", $"{unit}.normalization"], after);

            bool IsOfUnit(string name) => name == $"{unit}.normalization" || name == $"{unit}.activation";
        }
    }

    [Fact]
    public void A_block_normalizes_what_it_adds_or_what_the_activation_makes_of_the_sum()
    {
        var network = Samples.ResCnn(Image, depth: 2, normalization: "layer");
        AssertBlock(
            network,
            [
                "body.1.convolution",
                "body.1.normalization",
                "shortcut.convolution",
                "shortcut.normalization",
                "activation",
            ]
        );
        AssertBlock(
            network with
            {
                Position = NormalizationPosition.AfterActivation,
            },
            ["body.1.convolution", "shortcut.convolution", "activation", "normalization"]
        );

        static void AssertBlock(NetworkDescription network, string[] expected) =>
            Assert.Equal(
                expected.Select(name => $"blocks.1.{name}"),
                Names(network)
                    .Where(name => name.StartsWith("blocks.1.", StringComparison.Ordinal) && !name.Contains("body.0"))
            );
    }

    [Theory]
    [InlineData("batch", "weight", "bias", "running_mean", "running_var")]
    [InlineData("layer", "weight", "bias")]
    [InlineData("rms", "weight")]
    [InlineData("none")]
    public void A_normalization_trains_what_it_has_unless_it_is_not_affine(
        string normalization,
        params string[] tensors
    )
    {
        foreach (var network in Networks(normalization))
        {
            var normalizations = All(network.Layers()).OfType<NormalizationDescription>().ToList();
            Assert.NotEmpty(normalizations);
            Assert.All(
                normalizations,
                layer =>
                    Assert.Equal(
                        tensors.Select(tensor => $"{layer.Name}.{tensor}"),
                        layer.Tensors().Select(t => t.Name)
                    )
            );
            Assert.All(
                All((network with { IsAffine = false }).Layers()).OfType<NormalizationDescription>(),
                layer => Assert.DoesNotContain(layer.Tensors(), t => t.IsTrained)
            );
        }
    }

    private static void AssertBiases(NetworkDescription network, bool isThere)
    {
        var hidden = All(network.Layers())
            .Where(layer => layer is LinearDescription or ConvolutionDescription && layer.Name != "output")
            .ToList();
        Assert.NotEmpty(hidden);
        Assert.All(
            hidden,
            layer => Assert.Equal(isThere, layer.Tensors().Any(tensor => tensor.Role is TensorRole.Bias))
        );
        Assert.Contains(network.Tensors(), tensor => tensor is { Name: "output.bias", Role: TensorRole.Bias });
    }

    private static IEnumerable<string> Names(NetworkDescription network) =>
        All(network.Layers()).Select(layer => layer.Name);

    /// <summary>The layers, those inside of blocks included.</summary>
    private static IEnumerable<LayerDescription> All(IEnumerable<LayerDescription> layers) =>
        layers.SelectMany(layer =>
            layer is ResidualDescription block ? All(block.Body).Concat(All(block.Shortcut)) : [layer]
        );
}
