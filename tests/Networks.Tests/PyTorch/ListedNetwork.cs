using System.Text.Json;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Tests;

/// <summary>A network given by the list of its layers.</summary>
internal sealed record ListedNetwork(IReadOnlyList<LayerDescription> List)
    : NetworkDescription(
        List[0].Input,
        List[^1].Output.Channels,
        Operation.Of("identity"),
        Operation.Of("zeros"),
        Operation.Of("none")
    )
{
    /// <summary>The network of a golden case.</summary>
    public static ListedNetwork Of(JsonElement layers) => new(Describe(layers));

    protected override IReadOnlyList<LayerDescription> Build() => List;

    private static IReadOnlyList<LayerDescription> Describe(JsonElement layers) =>
        [.. layers.EnumerateArray().Select(DescribeOne)];

    private static LayerDescription DescribeOne(JsonElement layer)
    {
        var name = layer.GetProperty("name").GetString()!;
        int[] lengths = [.. layer.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
        var shape = lengths is [var channels, var height, var width]
            ? new FeatureShape(channels, height, width)
            : new FeatureShape(lengths[0]);
        return layer.GetProperty("kind").GetString() switch
        {
            "linear" => new LinearDescription(
                name,
                shape.Values,
                Number("outputs"),
                layer.GetProperty("bias").GetBoolean()
            ),
            "convolution" => new ConvolutionDescription(
                name,
                shape,
                Number("outputs"),
                Number("kernel"),
                Number("stride"),
                Number("padding"),
                layer.GetProperty("bias").GetBoolean()
            ),
            "normalization" => new NormalizationDescription(
                name,
                shape,
                GoldenOperation.Of(layer, NormalizationCatalogue.Parameters),
                layer.GetProperty("affine").GetBoolean()
            ),
            "activation" => new ActivationDescription(
                name,
                shape,
                GoldenOperation.Of(layer, ActivationCatalogue.Parameters)
            ),
            "pooling" => new PoolingDescription(
                name,
                shape,
                layer.GetProperty("op").GetString() == "max" ? Pooling.Max : Pooling.Average,
                Number("window"),
                Number("stride")
            ),
            "global_average_pooling" => new GlobalAveragePoolingDescription(name, shape),
            "flatten" => new FlattenDescription(name, shape),
            "residual" => new ResidualDescription(
                name,
                shape,
                Describe(layer.GetProperty("body")),
                Describe(layer.GetProperty("shortcut"))
            ),
            var kind => throw new NotSupportedException($"There is no layer {kind}."),
        };

        int Number(string key) => layer.GetProperty(key).GetInt32();
    }
}
