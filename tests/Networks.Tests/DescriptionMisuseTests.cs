using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Tests;

/// <summary>What can be wrong with the description of a network: the message names the layer and the shapes.</summary>
public sealed class DescriptionMisuseTests
{
    private static readonly FeatureShape Image = new(3, 6, 5);

    [Fact]
    public void Groups_that_do_not_divide_the_channels() =>
        AssertSays(
            "The layer layers.0.normalization can't apply group(4) to [9]: 4 groups don't divide 9 channels.",
            Samples.Mlp(width: 9) with
            {
                Normalization = Operation.Of("group", 4),
            }
        );

    [Fact]
    public void Instance_normalization_of_features() =>
        AssertSays(
            "The layer layers.0.normalization can't apply instance to [9]: "
                + "a channel needs more than one pixel, since a single value has no variance.",
            Samples.Mlp(normalization: "instance")
        );

    [Theory]
    [InlineData("group(9)", 9)]
    [InlineData("layer", 1)]
    public void Groups_of_one_value(string normalization, int width) =>
        AssertSays(
            $"The layer layers.0.normalization can't apply {normalization} to [{width}]: "
                + "a group needs more than one value, since a single value has no variance.",
            Samples.Mlp(width: width) with
            {
                Normalization = normalization == "layer" ? Operation.Of("layer") : Operation.Of("group", 9),
            }
        );

    [Fact]
    public void A_kernel_larger_than_the_image() =>
        AssertSays(
            "The layer convolution has kernels of [6, 6], larger than its input [3, 6, 5].",
            Of(
                new ConvolutionDescription(
                    "convolution",
                    Image,
                    Channels: 4,
                    Kernel: 6,
                    Stride: 1,
                    Padding: 0,
                    HasBias: true
                )
            )
        );

    [Fact]
    public void A_kernel_larger_than_the_padded_image() =>
        AssertSays(
            "The layer convolution has kernels of [8, 8], larger than its input [3, 6, 5] padded by 1.",
            Of(
                new ConvolutionDescription(
                    "convolution",
                    Image,
                    Channels: 4,
                    Kernel: 8,
                    Stride: 1,
                    Padding: 1,
                    HasBias: true
                )
            )
        );

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_padding_as_large_as_the_kernel_or_negative(int padding) =>
        AssertSays(
            $"The layer convolution pads [3, 6, 5] with {padding} on each side, "
                + "but a padding is at least 0 and less than the kernel, here 3.",
            Of(
                new ConvolutionDescription(
                    "convolution",
                    Image,
                    Channels: 4,
                    Kernel: 3,
                    Stride: 1,
                    padding,
                    HasBias: true
                )
            )
        );

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(4, 3, 0)]
    public void A_convolution_without_extent(int channels, int kernel, int stride) =>
        AssertSays(
            $"The layer convolution makes {channels} channels with kernels of {kernel}×{kernel} and a stride of {stride}, "
                + "but each must be at least 1.",
            Of(new ConvolutionDescription("convolution", Image, channels, kernel, stride, Padding: 0, HasBias: true))
        );

    [Fact]
    public void Kernels_without_a_middle() =>
        AssertSays(
            "The kernels of a convolutional network have an odd size, not 4.",
            Samples.Cnn(Image) with
            {
                Kernel = 4,
            }
        );

    [Fact]
    public void A_window_larger_than_the_image() =>
        AssertSays(
            "The layer pooling has windows of [6, 6], larger than its input [3, 6, 5].",
            Of(new PoolingDescription("pooling", Image, Pooling.Max, Window: 6, Stride: 1))
        );

    [Fact]
    public void A_window_that_does_not_move() =>
        AssertSays(
            "The layer pooling has windows of 2×2 and a stride of 0, but each must be at least 1.",
            Of(new PoolingDescription("pooling", Image, Pooling.Max, Window: 2, Stride: 0))
        );

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void A_convolutional_network_too_deep_for_its_image(int depth) =>
        AssertSays(
            "The layer stages.2.pooling has windows of [2, 2], larger than its input [20].",
            Samples.Cnn(Image, depth, width: 5)
        );

    [Fact]
    public void A_convolutional_network_of_features() =>
        AssertSays("The layer stages.0.pooling has windows of [2, 2], larger than its input [6].", Samples.Cnn(new(7)));

    [Theory]
    [InlineData(12)]
    [InlineData(40)]
    public void A_network_too_large_for_memory(int depth) =>
        AssertSays(
            "The network is too large: it has more than 2147483647 weights, or values in a layer.",
            Samples.ResCnn(Image, depth, width: 64)
        );

    [Fact]
    public void A_block_whose_body_and_shortcut_differ_in_shape() =>
        AssertSays(
            "The layer block can't add what its body makes of [6], [4], to what its shortcut makes of it, [6].",
            Of(new ResidualDescription("block", new(6), [new LinearDescription("body", 6, 4, HasBias: true)], []))
        );

    [Fact]
    public void A_block_without_a_body() =>
        AssertSays("The layer block has no layers in its body.", Of(new ResidualDescription("block", new(6), [], [])));

    [Fact]
    public void Layers_that_do_not_follow_each_other() =>
        AssertSays(
            "The layer second takes [7], but [6] comes in.",
            Of(
                new LinearDescription("first", 5, 6, HasBias: true),
                new LinearDescription("second", 7, 2, HasBias: true)
            )
        );

    [Fact]
    public void Layers_of_a_block_that_do_not_follow_each_other() =>
        AssertSays(
            "The layer body takes [5], but [6] comes in.",
            Of(new ResidualDescription("block", new(6), [new LinearDescription("body", 5, 6, HasBias: true)], []))
        );

    [Fact]
    public void An_input_without_extent() =>
        AssertSays(
            "The layer flatten takes [3, 6, -5], but every size must be at least 1.",
            Of(new FlattenDescription("flatten", new(3, 6, -5)))
        );

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_dropout_rate_out_of_range(double rate) =>
        AssertSays(
            $"The layer layers.0.dropout drops values at a rate of {rate}, but a rate is at least 0 and less than 1.",
            Samples.Mlp() with
            {
                Dropout = rate,
            }
        );

    [Fact]
    public void An_activation_that_does_not_exist() =>
        AssertSays(
            "The layer stem.activation can't apply rellu to [9]: There is no activation 'rellu'; the nearest name is relu.",
            Samples.ResMlp() with
            {
                Activation = Operation.Of("rellu"),
            }
        );

    [Fact]
    public void An_activation_with_an_argument_out_of_range() =>
        AssertSays(
            "The layer layers.0.activation can't apply leaky_relu(2) to [9]: The slope of leaky_relu",
            Samples.Mlp() with
            {
                Activation = Operation.Of("leaky_relu", 2),
            }
        );

    [Fact]
    public void A_normalization_that_does_not_exist() =>
        AssertSays(
            "The layer stages.0.normalization can't apply bach to [6]: There is no normalization 'bach'; the nearest name is batch.",
            Samples.Cnn(Image, normalization: "bach")
        );

    [Theory]
    [InlineData(0, 1, "The depth of")]
    [InlineData(1, 0, "The width of")]
    public void A_network_without_depth_or_width(int depth, int width, string what)
    {
        AssertSays(what, Samples.Cnn(Image, depth, width));
        AssertSays(what, Samples.ResCnn(Image, depth, width));
        AssertSays(what, Samples.ResMlp(depth, width));
    }

    private static ListedNetwork Of(params LayerDescription[] layers) =>
        new([.. layers, new LinearDescription("output", 1, 2, HasBias: true)]);

    private static void AssertSays(string sentence, NetworkDescription description) =>
        Assert.Contains(
            sentence,
            Assert.Throws<NetworkDescriptionException>(description.Layers).Message,
            StringComparison.Ordinal
        );
}
