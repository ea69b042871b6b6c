using Pipeline.Artifacts;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Export;

/// <summary>The PyTorch modules of layers. Each activation and normalization that the project brings has its line here.</summary>
internal static class PyTorchLayers
{
    /// <summary>The module of a layer other than a residual block.</summary>
    /// <exception cref="NotSupportedException">There is none yet.</exception>
    public static PyTorchModule Of(ExportedLayer layer) =>
        layer.Description switch
        {
            LinearDescription linear => PyTorchModule.Of(
                "Linear",
                [$"{linear.Inputs}", $"{linear.Outputs}", .. Unless(linear.HasBias, "bias=False")]
            ),
            ConvolutionDescription convolution => PyTorchModule.Of(
                "Conv2d",
                [
                    $"{convolution.Input.Channels}",
                    $"{convolution.Channels}",
                    $"{convolution.Kernel}",
                    .. Unless(convolution.Stride == 1, $"stride={convolution.Stride}"),
                    .. Unless(convolution.Padding == 0, $"padding={convolution.Padding}"),
                    .. Unless(convolution.HasBias, "bias=False"),
                ]
            ),
            NormalizationDescription normalization => Normalization(normalization, layer.TakesImages),
            ActivationDescription activation => Activation(activation),
            PoolingDescription pooling => PyTorchModule.Of(
                pooling.Kind == Pooling.Max ? "MaxPool2d" : "AvgPool2d",
                [$"{pooling.Window}", .. Unless(pooling.Stride == pooling.Window, $"stride={pooling.Stride}")]
            ),
            GlobalAveragePoolingDescription => PyTorchModule.Sequential([
                ("0", PyTorchModule.Of("AdaptiveAvgPool2d", "1")),
                ("1", PyTorchModule.Of("Flatten")),
            ]),
            FlattenDescription => PyTorchModule.Of("Flatten"),
            DropoutDescription dropout => PyTorchModule.Of("Dropout", CanonicalJson.Number(dropout.Rate)),
            var other => throw new NotSupportedException(
                $"network.py has no form yet for layers such as {other.Name} ({other.GetType().Name})."
            ),
        };

    private static PyTorchModule Activation(ActivationDescription layer)
    {
        var arguments = OperationArguments.Of(layer);
        return layer.Operation.Name switch
        {
            "elu" => PyTorchModule.Of("ELU", Given("alpha", "alpha", 1)),
            "gelu" => PyTorchModule.Of("GELU"),
            "gelu_tanh" => PyTorchModule.Of("GELU", "approximate=\"tanh\""),
            "hard_sigmoid" => PyTorchModule.Of("Hardsigmoid"),
            "hard_swish" => PyTorchModule.Of("Hardswish"),
            "hard_threshold" => PyTorchModule.Of(PyTorchClasses.HardThreshold, Given("slope", "slope", 1)),
            "identity" => PyTorchModule.Of("Identity"),
            "leaky_relu" => PyTorchModule.Of("LeakyReLU", Given("slope", "negative_slope", 0.01)),
            "mish" => PyTorchModule.Of("Mish"),
            "relu" => PyTorchModule.Of("ReLU"),
            "relu6" => PyTorchModule.Of("ReLU6"),
            "selu" => PyTorchModule.Of("SELU"),
            "sigmoid" => PyTorchModule.Of("Sigmoid"),
            "sigmoid_table" => PyTorchModule.Of(
                PyTorchClasses.SigmoidTable,
                CanonicalJson.Number(arguments.Single().Value)
            ),
            "silu" => PyTorchModule.Of("SiLU"),
            "softplus" => PyTorchModule.Of("Softplus"),
            "tanh" => PyTorchModule.Of("Tanh"),
            _ => Unwritten(layer.Operation),
        };

        IEnumerable<string> Given(string name, string pyTorchName, double pyTorchDefault) =>
            Argument(arguments, name, pyTorchName, pyTorchDefault);
    }

    private static PyTorchModule Normalization(NormalizationDescription layer, bool isOfImages)
    {
        var arguments = OperationArguments.Of(layer);
        var (channels, affine) = ($"{layer.Input.Channels}", Unless(layer.IsAffine, "affine=False"));
        var epsilon = Argument(arguments, "epsilon", "eps", 1e-5);
        return layer.Operation.Name switch
        {
            "batch" => PyTorchModule.Of(
                isOfImages ? "BatchNorm2d" : "BatchNorm1d",
                [channels, .. epsilon, .. Argument(arguments, "momentum", "momentum", 0.1), .. affine]
            ),
            "group" => PyTorchModule.Of(
                "GroupNorm",
                [CanonicalJson.Number(arguments.Single(a => a.Key == "groups").Value), channels, .. epsilon, .. affine]
            ),
            "instance" => PyTorchModule.Of(
                "InstanceNorm2d",
                [channels, .. epsilon, .. layer.IsAffine ? (string[])["affine=True"] : []]
            ),
            // Of images PyTorch's LayerNorm would train a weight for each value instead of each channel.
            "layer" when isOfImages => PyTorchModule.Of("GroupNorm", ["1", channels, .. epsilon, .. affine]),
            "layer" => PyTorchModule.Of(
                "LayerNorm",
                [channels, .. epsilon, .. Unless(layer.IsAffine, "elementwise_affine=False")]
            ),
            "none" => PyTorchModule.Of("Identity"),
            "rms" => PyTorchModule.Of(PyTorchClasses.RmsNorm, [channels, .. epsilon, .. affine]),
            _ => Unwritten(layer.Operation),
        };
    }

    private static PyTorchModule Unwritten(Operation operation) =>
        PyTorchModule.Of(PyTorchClasses.Unwritten, $"\"{operation}\"");

    private static string[] Unless(bool condition, string argument) => condition ? [] : [argument];

    // Left out where it is what PyTorch takes anyway, or where the operation has none.
    private static string[] Argument(
        IReadOnlyList<KeyValuePair<string, double>> arguments,
        string name,
        string pyTorchName,
        double pyTorchDefault
    ) =>
        [
            .. arguments
                .Where(a => a.Key == name && a.Value != pyTorchDefault)
                .Select(a => $"{pyTorchName}={CanonicalJson.Number(a.Value)}"),
        ];
}
