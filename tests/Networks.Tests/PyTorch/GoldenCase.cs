using System.Text.Json;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Networks.Tests;

/// <summary>A small network with its batch, and what PyTorch makes of it: a file that golden.py wrote.</summary>
internal sealed class GoldenCase(JsonElement file)
{
    private const string Folder = "golden/";
    private static readonly Lazy<IReadOnlyList<GoldenCase>> Files = new(() =>
        [
            .. typeof(GoldenCase)
                .Assembly.GetManifestResourceNames()
                .Where(name =>
                    name.StartsWith(Folder, StringComparison.Ordinal)
                    && name.EndsWith(".json", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
                .Select(name => new GoldenCase(Read(name))),
        ]
    );

    /// <summary>All cases.</summary>
    public static IReadOnlyList<GoldenCase> All => Files.Value;

    public string Name { get; } = file.GetProperty("name").GetString()!;

    public ListedNetwork Network { get; } = ListedNetwork.Of(file.GetProperty("layers"));

    public OptimizerSettings Optimizer { get; } =
        new(GoldenOperation.Of(file.GetProperty("optimizer"), OptimizerCatalogue.Parameters))
        {
            WeightDecay = file.GetProperty("optimizer").GetProperty("weight_decay").GetDouble(),
            ClipNorm = file.GetProperty("optimizer").GetProperty("clip_norm")
                is { ValueKind: JsonValueKind.Number } norm
                ? norm.GetDouble()
                : double.PositiveInfinity,
        };

    public float LearningRate { get; } = file.GetProperty("optimizer").GetProperty("learning_rate").GetSingle();

    public Operation Loss { get; } = GoldenOperation.Of(file.GetProperty("loss"), LossCatalogue.Parameters);

    /// <summary>The batch [rows, …]; images as [rows, channels, height, width].</summary>
    public float[] Inputs { get; } = Floats(file.GetProperty("inputs"));

    public int[] Labels { get; } = [.. file.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];

    /// <summary>The tensors at the start.</summary>
    public IReadOnlyDictionary<string, float[]> Initial { get; } = Tensors(file.GetProperty("initial"));

    /// <summary>
    /// What follows: <c>logits</c>, <c>loss</c>, <c>inputs.gradient</c> and each parameter's <c>….gradient</c> in the first step; the
    /// <c>losses</c> of all steps on the same batch; then each tensor's <c>….after</c> and, in inference mode, <c>logits.after</c>.
    /// </summary>
    public IReadOnlyDictionary<string, float[]> Expected { get; } = Tensors(file.GetProperty("expected"));

    public static GoldenCase Of(string name) => Files.Value.Single(golden => golden.Name == name);

    private static JsonElement Read(string resource)
    {
        using var stream = typeof(GoldenCase).Assembly.GetManifestResourceStream(resource)!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    private static Dictionary<string, float[]> Tensors(JsonElement tensors) =>
        tensors.EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => Floats(tensor.Value));

    private static float[] Floats(JsonElement numbers) =>
        [.. numbers.EnumerateArray().Select(number => number.GetSingle())];
}
