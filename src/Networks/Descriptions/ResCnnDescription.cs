namespace Pipeline.Networks.Descriptions;

/// <summary>
/// A residual convolutional network: a convolution of 3×3, stages of one block of two such convolutions each, the mean
/// over all pixels, and a linear layer to the logits. A stage after the first halves height and width and doubles the
/// channels; there the shortcut is a convolution of 1×1.
/// </summary>
/// <param name="Input">The image.</param>
/// <param name="Depth">The number of stages, at least 1.</param>
/// <param name="Width">The channels of the first stage, at least 1.</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="Activation">The operation of the activation catalogue.</param>
/// <param name="Initialization">The operation of the initializer catalogue that fills the weights.</param>
/// <param name="Normalization">The operation of the normalization catalogue.</param>
public sealed record ResCnnDescription(
    FeatureShape Input,
    int Depth,
    int Width,
    int Classes,
    Operation Activation,
    Operation Initialization,
    Operation Normalization
) : NetworkDescription(Input, Classes, Activation, Initialization, Normalization)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<LayerDescription> Build()
    {
        RequireAtLeast(1, Depth, "The depth of a residual convolutional network, its number of stages,");
        RequireAtLeast(1, Width, "The width of a residual convolutional network, the channels of its first stage,");
        var stem = Convolution("stem", Input, Width, kernel: 3, stride: 1);
        var layers = new List<LayerDescription> { stem };
        layers.AddRange(Hidden("stem", stem.Output));
        var shape = stem.Output;
        for (var i = 0; i < Depth; i++)
        {
            var (name, channels, stride) = (
                $"blocks.{i}",
                i == 0 ? Width : checked(2 * shape.Channels),
                i == 0 ? 1 : 2
            );
            var first = Convolution($"{name}.body.0", shape, channels, kernel: 3, stride);
            var second = Convolution($"{name}.body.1", first.Output, channels, kernel: 3, stride: 1);
            LayerDescription[] shortcut =
                i == 0 ? [] : [Convolution($"{name}.shortcut", shape, channels, kernel: 1, stride)];
            layers.AddRange(Block(name, [first, .. Hidden($"{name}.body.0", first.Output), second], shortcut));
            shape = second.Output;
        }
        layers.AddRange([
            new GlobalAveragePoolingDescription("pooling", shape),
            .. Drop("output", new(shape.Channels)),
            new LinearDescription("output", shape.Channels, Classes, HasBias: true),
        ]);
        return layers;
    }

    private ConvolutionDescription Convolution(string unit, FeatureShape input, int channels, int kernel, int stride) =>
        new(
            $"{unit}.convolution",
            input,
            channels,
            kernel,
            stride,
            Padding: kernel / 2,
            HasBias: NeedsBias(unit, new(channels))
        );
}
