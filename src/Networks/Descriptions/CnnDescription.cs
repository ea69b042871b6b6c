namespace Pipeline.Networks.Descriptions;

/// <summary>
/// A convolutional network: stages of convolution → normalization → activation → pooling by 2, then dropout and a
/// linear layer to the logits. A stage has twice the channels of the one before; convolutions keep height and width.
/// </summary>
/// <param name="Input">The image.</param>
/// <param name="Depth">The number of stages, at least 1.</param>
/// <param name="Width">The channels of the first stage, at least 1.</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="Activation">The operation of the activation catalogue.</param>
/// <param name="Initialization">The operation of the initializer catalogue that fills the weights.</param>
/// <param name="Normalization">The operation of the normalization catalogue.</param>
public sealed record CnnDescription(
    FeatureShape Input,
    int Depth,
    int Width,
    int Classes,
    Operation Activation,
    Operation Initialization,
    Operation Normalization
) : NetworkDescription(Input, Classes, Activation, Initialization, Normalization)
{
    /// <summary>Height and width of the kernels, odd.</summary>
    public int Kernel { get; init; } = 3;

    /// <summary>How stages pool.</summary>
    public Pooling Pooling { get; init; }

    /// <inheritdoc/>
    protected override IReadOnlyList<LayerDescription> Build()
    {
        RequireAtLeast(1, Depth, "The depth of a convolutional network, its number of stages,");
        RequireAtLeast(1, Width, "The width of a convolutional network, the channels of its first stage,");
        if (Kernel % 2 != 1)
            throw new NetworkDescriptionException(
                $"The kernels of a convolutional network have an odd size, not {Kernel}."
            );
        var layers = new List<LayerDescription>();
        var shape = Input;
        for (var (i, channels) = (0, Width); i < Depth; i++, channels = checked(2 * channels))
        {
            var convolution = new ConvolutionDescription(
                $"stages.{i}.convolution",
                shape,
                channels,
                Kernel,
                Stride: 1,
                Padding: Kernel / 2,
                HasBias: NeedsBias($"stages.{i}", new(channels))
            );
            var pooling = new PoolingDescription(
                $"stages.{i}.pooling",
                convolution.Output,
                Pooling,
                Window: 2,
                Stride: 2
            );
            LayerDescription[] stage = [convolution, .. Hidden($"stages.{i}", convolution.Output), pooling];

            // At once, since sizes mean nothing any more where an image is used up.
            shape = Validate(stage, shape);
            layers.AddRange(stage);
        }
        layers.AddRange([
            new FlattenDescription("flatten", shape),
            .. Drop("output", new(shape.Values)),
            new LinearDescription("output", shape.Values, Classes, HasBias: true),
        ]);
        return layers;
    }
}
