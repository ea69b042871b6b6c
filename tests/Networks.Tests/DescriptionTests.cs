using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>Which layers a network has, and how its tensors are named and shaped.</summary>
public sealed class DescriptionTests
{
    private static readonly FeatureShape Image = new(3, 9, 8);

    [Fact]
    public void A_perceptron_is_hidden_layers_and_an_output()
    {
        var description = Samples.Mlp(normalization: "batch") with { Dropout = 0.5 };
        AssertLayers(
            description,
            [
                "layers.0.linear [5] → [9]",
                "layers.0.normalization [9] → [9]",
                "layers.0.activation [9] → [9]",
                "layers.0.dropout [9] → [9]",
                "layers.1.linear [9] → [9]",
                "layers.1.normalization [9] → [9]",
                "layers.1.activation [9] → [9]",
                "layers.1.dropout [9] → [9]",
                "output [9] → [4]",
            ]
        );
        AssertTensors(
            description,
            [
                "layers.0.linear.weight [9, 5]",
                .. Normalization("layers.0", 9),
                "layers.1.linear.weight [9, 9]",
                .. Normalization("layers.1", 9),
                "output.weight [4, 9]",
                "output.bias [4]",
            ]
        );
    }

    [Fact]
    public void A_convolutional_network_doubles_channels_and_halves_images()
    {
        var description = Samples.Cnn(Image, normalization: "batch") with { Kernel = 5, Dropout = 0.5 };
        AssertLayers(
            description,
            [
                "stages.0.convolution [3, 9, 8] → [6, 9, 8]",
                "stages.0.normalization [6, 9, 8] → [6, 9, 8]",
                "stages.0.activation [6, 9, 8] → [6, 9, 8]",
                "stages.0.pooling [6, 9, 8] → [6, 4, 4]",
                "stages.1.convolution [6, 4, 4] → [12, 4, 4]",
                "stages.1.normalization [12, 4, 4] → [12, 4, 4]",
                "stages.1.activation [12, 4, 4] → [12, 4, 4]",
                "stages.1.pooling [12, 4, 4] → [12, 2, 2]",
                "flatten [12, 2, 2] → [48]",
                "output.dropout [48] → [48]",
                "output [48] → [4]",
            ]
        );
        AssertTensors(
            description,
            [
                "stages.0.convolution.weight [6, 3, 5, 5]",
                .. Normalization("stages.0", 6),
                "stages.1.convolution.weight [12, 6, 5, 5]",
                .. Normalization("stages.1", 12),
                "output.weight [4, 48]",
                "output.bias [4]",
            ]
        );
    }

    [Theory]
    [InlineData(Pooling.Max)]
    [InlineData(Pooling.Average)]
    public void A_convolutional_network_pools_as_it_is_told(Pooling pooling) =>
        Assert.All(
            (Samples.Cnn(Image) with { Pooling = pooling }).Layers().OfType<PoolingDescription>(),
            layer => Assert.Equal((pooling, 2, 2), (layer.Kind, layer.Window, layer.Stride))
        );

    [Fact]
    public void A_residual_perceptron_is_a_stem_and_blocks_of_two_layers()
    {
        var description = Samples.ResMlp(depth: 2, normalization: "batch") with { Dropout = 0.5 };
        AssertLayers(
            description,
            [
                "stem.linear [5] → [9]",
                "stem.normalization [9] → [9]",
                "stem.activation [9] → [9]",
                "stem.dropout [9] → [9]",
                "blocks.0 [9] → [9]",
                "blocks.0.activation [9] → [9]",
                "blocks.1 [9] → [9]",
                "blocks.1.activation [9] → [9]",
                "output [9] → [4]",
            ]
        );
        var block = Block(description, "blocks.1");
        Assert.Equal(
            [
                "body.0.linear",
                "body.0.normalization",
                "body.0.activation",
                "body.0.dropout",
                "body.1.linear",
                "body.1.normalization",
            ],
            block.Body.Select(layer => layer.Name["blocks.1.".Length..])
        );
        Assert.Empty(block.Shortcut);
        AssertTensors(
            description,
            [
                "stem.linear.weight [9, 5]",
                .. Normalization("stem", 9),
                "blocks.0.body.0.linear.weight [9, 9]",
                .. Normalization("blocks.0.body.0", 9),
                "blocks.0.body.1.linear.weight [9, 9]",
                .. Normalization("blocks.0.body.1", 9),
                "blocks.1.body.0.linear.weight [9, 9]",
                .. Normalization("blocks.1.body.0", 9),
                "blocks.1.body.1.linear.weight [9, 9]",
                .. Normalization("blocks.1.body.1", 9),
                "output.weight [4, 9]",
                "output.bias [4]",
            ]
        );
    }

    [Fact]
    public void A_residual_convolutional_network_has_shortcuts_of_1_by_1_where_shapes_change()
    {
        var description = Samples.ResCnn(Image, depth: 2, normalization: "batch") with { Dropout = 0.5 };
        AssertLayers(
            description,
            [
                "stem.convolution [3, 9, 8] → [6, 9, 8]",
                "stem.normalization [6, 9, 8] → [6, 9, 8]",
                "stem.activation [6, 9, 8] → [6, 9, 8]",
                "blocks.0 [6, 9, 8] → [6, 9, 8]",
                "blocks.0.activation [6, 9, 8] → [6, 9, 8]",
                "blocks.1 [6, 9, 8] → [12, 5, 4]",
                "blocks.1.activation [12, 5, 4] → [12, 5, 4]",
                "pooling [12, 5, 4] → [12]",
                "output.dropout [12] → [12]",
                "output [12] → [4]",
            ]
        );
        Assert.Empty(Block(description, "blocks.0").Shortcut);
        AssertTensors(
            description,
            [
                "stem.convolution.weight [6, 3, 3, 3]",
                .. Normalization("stem", 6),
                "blocks.0.body.0.convolution.weight [6, 6, 3, 3]",
                .. Normalization("blocks.0.body.0", 6),
                "blocks.0.body.1.convolution.weight [6, 6, 3, 3]",
                .. Normalization("blocks.0.body.1", 6),
                "blocks.1.body.0.convolution.weight [12, 6, 3, 3]",
                .. Normalization("blocks.1.body.0", 12),
                "blocks.1.body.1.convolution.weight [12, 12, 3, 3]",
                .. Normalization("blocks.1.body.1", 12),
                "blocks.1.shortcut.convolution.weight [12, 6, 1, 1]",
                .. Normalization("blocks.1.shortcut", 12),
                "output.weight [4, 12]",
                "output.bias [4]",
            ]
        );
    }

    private static void AssertLayers(NetworkDescription description, string[] expected) =>
        Assert.Equal(expected, description.Layers().Select(layer => $"{layer.Name} {layer.Input} → {layer.Output}"));

    private static void AssertTensors(NetworkDescription description, string[] expected) =>
        Assert.Equal(
            expected,
            description.Tensors().Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]")
        );

    private static ResidualDescription Block(NetworkDescription description, string name) =>
        description.Layers().OfType<ResidualDescription>().Single(layer => layer.Name == name);

    private static string[] Normalization(string unit, int channels) =>
        [
            .. new[] { "weight", "bias", "running_mean", "running_var" }.Select(tensor =>
                $"{unit}.normalization.{tensor} [{channels}]"
            ),
        ];
}
