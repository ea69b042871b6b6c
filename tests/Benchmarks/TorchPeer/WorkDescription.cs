using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Pipeline.TorchPeer;

/// <summary>What a training's folder says of it.</summary>
/// <param name="Data">The folder of the inputs and labels.</param>
/// <param name="Rows">The training rows of an epoch.</param>
/// <param name="Features">The values of a row.</param>
/// <param name="BatchSize">Rows a step; the incomplete last batch of an epoch is dropped.</param>
/// <param name="Momentum">The share of a step that the next one keeps.</param>
/// <param name="LearningRate">The step size.</param>
/// <param name="LeastSeconds">How long to warm up, and how long to measure, at least.</param>
/// <param name="Image">Channels, height and width, where a row is an image.</param>
/// <param name="Layers">The network.</param>
[SuppressMessage("Performance", "CA1812", Justification = "Read from JSON.")]
internal sealed record WorkDescription(
    string Data,
    int Rows,
    int Features,
    int BatchSize,
    double Momentum,
    double LearningRate,
    double LeastSeconds,
    long[]? Image,
    LayerDescription[] Layers
)
{
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Reads work.json.</summary>
    public static WorkDescription Read(string folder) =>
        JsonSerializer.Deserialize<WorkDescription>(File.ReadAllText(Path.Combine(folder, "work.json")), SnakeCase)!;
}
