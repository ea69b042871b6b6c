using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pipeline.Stages.Train.Torch;

/// <summary>A layer: features [rows, values] or images [rows, channels, height, width] to what the description says comes out.</summary>
internal delegate Tensor TorchLayer(Tensor x, TorchPass pass);

/// <summary>One way through the layers.</summary>
/// <param name="Step">The number of the training step, from 1, or 0 in inference.</param>
internal readonly record struct TorchPass(int Step)
{
    /// <summary>Whether batch statistics and dropout are in force.</summary>
    public bool IsTraining => Step > 0;
}

/// <summary>What the layers of a network share while it is built and run.</summary>
/// <param name="Weights">Where their tensors stand.</param>
/// <param name="Seed">The seed of random layers.</param>
/// <param name="Precision">In what products are computed.</param>
internal sealed record TorchParts(TorchWeights Weights, ulong Seed, Precision Precision)
{
    private uint dropouts;

    /// <summary>The number of a new dropout layer, which keeps its random numbers apart from those of others.</summary>
    public uint NextDropout() => dropouts++;

    /// <summary>A layer's product with its bias, which is added in float32.</summary>
    public Tensor Product(Tensor x, Tensor weight, Tensor? bias, Func<Tensor, Tensor, Tensor?, Tensor> multiply)
    {
        if (Precision == Precision.Float32)
            return multiply(x, weight, bias);
        var y = multiply(x.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16), null).to(ScalarType.Float32);
        return bias is null ? y : y + (y.dim() == 4 ? bias.view(-1, 1, 1) : bias);
    }
}

/// <summary>The layers by operations of torch, each with the meaning of the managed backend's.</summary>
internal static class TorchLayers
{
    /// <summary>Each kind of layer.</summary>
    public static IReadOnlyDictionary<Type, Func<LayerDescription, TorchParts, TorchLayer>> Table { get; } =
        new Dictionary<Type, Func<LayerDescription, TorchParts, TorchLayer>>
        {
            [typeof(LinearDescription)] = Of<LinearDescription>(Linear),
            [typeof(ConvolutionDescription)] = Of<ConvolutionDescription>(Convolution),
            [typeof(NormalizationDescription)] = Of<NormalizationDescription>(Normalization),
            [typeof(ActivationDescription)] = Of<ActivationDescription>(Activation),
            [typeof(PoolingDescription)] = Of<PoolingDescription>(Pooling),
            [typeof(GlobalAveragePoolingDescription)] = Of<GlobalAveragePoolingDescription>(GlobalAveragePooling),
            [typeof(FlattenDescription)] = Of<FlattenDescription>(Flatten),
            [typeof(DropoutDescription)] = Of<DropoutDescription>(
                (dropout, parts) => new TorchDropout(dropout, parts).Apply
            ),
            [typeof(ResidualDescription)] = Of<ResidualDescription>(Residual),
        };

    /// <summary>Layers one behind the other.</summary>
    /// <exception cref="TorchException">A layer or an operation has no torch form.</exception>
    public static TorchLayer Chain(IReadOnlyList<LayerDescription> descriptions, TorchParts parts)
    {
        TorchLayer[] layers = [.. descriptions.Select(description => Create(description, parts))];
        return (input, pass) =>
        {
            var x = input;
            foreach (var layer in layers)
            {
                var y = layer(x, pass);
                // What the way back needs it keeps: the rest makes room for what follows.
                if (!ReferenceEquals(x, input) && !ReferenceEquals(x, y))
                    x.Dispose();
                x = y;
            }
            return x;
        };
    }

    /// <summary>The shape in which a layer's values flow, rows apart: features, or an image.</summary>
    public static long[] ShapeOf(FeatureShape shape) =>
        shape.IsImage ? [-1, shape.Channels, shape.Height, shape.Width] : [-1, shape.Values];

    private static TorchLayer Create(LayerDescription description, TorchParts parts) =>
        Table.TryGetValue(description.GetType(), out var create)
            ? create(description, parts)
            : throw new TorchException(
                $"The torch backend has no layer for {description.GetType().Name} '{description.Name}': train on the managed backend."
            );

    private static Func<LayerDescription, TorchParts, TorchLayer> Of<T>(Func<T, TorchParts, TorchLayer> create)
        where T : LayerDescription => (description, parts) => create((T)description, parts);

    private static TorchLayer Linear(LinearDescription description, TorchParts parts)
    {
        var (weight, bias) = WeightAndBias(description, parts);
        return (x, _) => parts.Product(x, weight, bias, F.linear);
    }

    private static TorchLayer Convolution(ConvolutionDescription description, TorchParts parts)
    {
        var (weight, bias) = WeightAndBias(description, parts);
        // oneDNN's convolutions of 1×1 with a stride write past their memory where channels are few (its issue
        // 6035): the pixels are picked before.
        var picks = description is { Kernel: 1, Stride: > 1 };
        var stride = picks ? 1L : description.Stride;
        long[] padding = [description.Padding, description.Padding];
        return OfImage(description, (x, _) => parts.Product(picks ? Picked(x) : x, weight, bias, Multiply));

        Tensor Multiply(Tensor x, Tensor weight, Tensor? bias) => F.conv2d(x, weight, bias, [stride, stride], padding);

        Tensor Picked(Tensor x) =>
            x.slice(2, 0, description.Input.Height, description.Stride)
                .slice(3, 0, description.Input.Width, description.Stride);
    }

    private static TorchLayer Normalization(NormalizationDescription description, TorchParts parts)
    {
        var normalization = TorchNormalizations.Table.Create(description.Operation);
        var (name, shape) = (description.Name, description.Input);
        var tensors = new TorchNormalizationTensors(
            parts.Weights.Find($"{name}.weight"),
            parts.Weights.Find($"{name}.bias"),
            parts.Weights.Find($"{name}.running_mean"),
            parts.Weights.Find($"{name}.running_var")
        );
        var fewest = TorchNormalizations.FewestPositions(description.Operation);
        return (x, pass) =>
            pass.IsTraining && x.shape[0] * shape.Pixels < fewest
                ? throw new ArgumentException(
                    $"The layer {name} can't train on a batch of one row of shape {shape}: {description.Operation} needs at least {fewest} values per "
                        + "channel, so use larger batches.",
                    nameof(x)
                )
                : normalization(x, tensors, pass.IsTraining);
    }

    private static TorchLayer Activation(ActivationDescription description, TorchParts parts)
    {
        var activation = TorchActivations.Table.Create(description.Operation);
        return (x, _) => activation(x);
    }

    private static TorchLayer Pooling(PoolingDescription description, TorchParts parts)
    {
        var (window, stride) = ((long)description.Window, (long?)description.Stride);
        return OfImage(
            description,
            description.Kind == Networks.Descriptions.Pooling.Max
                ? (x, _) => F.max_pool2d(x, window, stride)
                : (x, _) => F.avg_pool2d(x, window, stride)
        );
    }

    private static TorchLayer GlobalAveragePooling(GlobalAveragePoolingDescription description, TorchParts parts) =>
        description.Input.IsImage ? (x, _) => x.mean([2, 3]) : (x, _) => x;

    private static TorchLayer Flatten(FlattenDescription description, TorchParts parts) =>
        (x, _) => x.reshape(-1, description.Output.Values);

    private static TorchLayer Residual(ResidualDescription description, TorchParts parts)
    {
        var body = Chain(description.Body, parts);
        var shortcut = Chain(description.Shortcut, parts);
        return (x, pass) => body(x, pass) + shortcut(x, pass);
    }

    // An image of one pixel flows as features.
    private static TorchLayer OfImage(LayerDescription description, TorchLayer layer)
    {
        var (input, output) = (description.Input, description.Output);
        if (input.IsImage && output.IsImage)
            return layer;
        return (x, pass) => layer(x.view(-1, input.Channels, input.Height, input.Width), pass).reshape(ShapeOf(output));
    }

    private static (Tensor Weight, Tensor? Bias) WeightAndBias(LayerDescription description, TorchParts parts) =>
        (parts.Weights.Find($"{description.Name}.weight")!, parts.Weights.Find($"{description.Name}.bias"));
}
