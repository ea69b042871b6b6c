using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Artifacts;
using Pipeline.Networks.Descriptions;
using Pipeline.Stages.Train;

namespace Pipeline.Export;

/// <summary>
/// The description of an exported network as JSON: the run's id, parameters and metrics, the shape of an example, the
/// number of classes and their names, the preprocessing, the layers from inputs to logits with the shape that goes into
/// each and all arguments of their operations, and the shapes of the tensors.
/// </summary>
internal static class NetworkJson
{
    private const string RunKey = "run";
    private const string TensorsKey = "tensors";

    /// <summary>Writes a description, a line a layer.</summary>
    public static byte[] Encode(
        PlannedRun run,
        RunResult result,
        TrainedNetwork network,
        IReadOnlyList<string> classes,
        JsonObject preprocessing
    )
    {
        var layers = ExportedLayer.Of(network.Description.Layers());
        string[] members =
        [
            $"\"{RunKey}\": {JsonText.Of(run.Id)}",
            $"\"input_shape\": {JsonText.Of(Shape(layers[0].Shape))}",
            $"\"classes\": {network.Description.Classes}",
            $"\"class_names\": {JsonText.Of(new JsonArray([.. classes]))}",
            $"\"preprocessing\": {JsonText.Of(preprocessing)}",
            $"\"layers\": [{Lines(layers.Select(layer => JsonText.Of(Layer(layer))))}]",
            $"\"{TensorsKey}\": {{{Lines(network.Tensors.Select(tensor => Member(tensor.Name, JsonText.Of(Shape(tensor.Shape)))))}}}",
            $"\"parameters\": {{{Lines(run.Spec.Keys.Select(key => Member(key, run.Spec[key].Json)))}}}",
            $"\"metrics\": {{{Lines(result.Metrics.Select(metric => Member(metric.Key, CanonicalJson.Number(metric.Value))))}}}",
        ];
        return Encoding.UTF8.GetBytes($"{{\n  {string.Join(",\n  ", members)}\n}}\n");
    }

    /// <summary>The names of the tensors in a description; null for other JSON.</summary>
    public static IReadOnlyList<string>? TensorNames(JsonNode? description) =>
        description is JsonObject json && json.ContainsKey(RunKey) && json[TensorsKey] is JsonObject tensors
            ? [.. tensors.Select(tensor => tensor.Key)]
            : null;

    private static JsonObject Layer(ExportedLayer layer)
    {
        var (kind, members) = KindAndMembers(layer);
        return new([
            new("kind", kind),
            new("name", layer.Description.Name),
            new("shape", Shape(layer.Shape)),
            .. members,
        ]);
    }

    private static (string Kind, IReadOnlyList<KeyValuePair<string, JsonNode?>> Members) KindAndMembers(
        ExportedLayer layer
    ) =>
        layer.Description switch
        {
            LinearDescription linear => (
                "linear",
                [new("inputs", linear.Inputs), new("outputs", linear.Outputs), new("bias", linear.HasBias)]
            ),
            ConvolutionDescription convolution => (
                "convolution",
                [
                    new("inputs", convolution.Input.Channels),
                    new("outputs", convolution.Channels),
                    new("kernel", convolution.Kernel),
                    new("stride", convolution.Stride),
                    new("padding", convolution.Padding),
                    new("bias", convolution.HasBias),
                ]
            ),
            NormalizationDescription normalization => (
                "normalization",
                [
                    new("op", normalization.Operation.Name),
                    new("arguments", Arguments(OperationArguments.Of(normalization))),
                    new("affine", normalization.IsAffine),
                ]
            ),
            ActivationDescription activation => (
                "activation",
                [new("op", activation.Operation.Name), new("arguments", Arguments(OperationArguments.Of(activation)))]
            ),
            PoolingDescription pooling => (
                "pooling",
                [
                    new("op", pooling.Kind == Pooling.Max ? "max" : "average"),
                    new("window", pooling.Window),
                    new("stride", pooling.Stride),
                ]
            ),
            GlobalAveragePoolingDescription => ("global_average_pooling", []),
            FlattenDescription => ("flatten", []),
            DropoutDescription dropout => ("dropout", [new("rate", dropout.Rate)]),
            ResidualDescription => (
                "residual",
                [new("body", Layers(layer.Body)), new("shortcut", Layers(layer.Shortcut))]
            ),
            var other => throw new NotSupportedException(
                $"network.json has no form yet for layers such as {other.Name} ({other.GetType().Name})."
            ),
        };

    private static JsonArray Layers(IEnumerable<ExportedLayer> layers) => new([.. layers.Select(Layer)]);

    private static JsonArray Shape(IEnumerable<int> shape) => new([.. shape]);

    private static JsonObject Arguments(IEnumerable<KeyValuePair<string, double>> arguments) =>
        new(arguments.Select(argument => KeyValuePair.Create(argument.Key, (JsonNode?)argument.Value)));

    private static string Member(string key, string json) => $"{JsonText.Of(key)}: {json}";

    private static string Lines(IEnumerable<string> items) => $"\n    {string.Join(",\n    ", items)}\n  ";
}
