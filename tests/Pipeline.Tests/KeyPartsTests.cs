using System.Text.Json;

namespace Pipeline.Tests;

/// <summary>
/// What stands in the keys of a study's stages: a changed line means that everything of its kind is done again for
/// everyone, so it must be meant. Of code only the names count here, and what follows from code is left out.
/// </summary>
public sealed class KeyPartsTests : IDisposable
{
    private const string Left = "(follows from code)";

    private const string Perceptrons = """
        title: Perceptrons
        dataset: digits
        fixed:
          model: {kind: mlp, depth: 2, width: 16}
          initialization: he_normal
          optimizer: {kind: sgd}
          batch_size: 64
          epochs: 2
          probes: [activation_scale, dead_units]
          metrics: macro_f1
        scientific:
          activation: [relu, leaky_relu(0.1)]
          preprocessing: [standardize, center+whiten_pca]
        nuisance:
          learning_rate: [0.03, 0.1]
        seeds: [1]

        """;

    private const string Convolutions = """
        title: Convolutions
        dataset: digits
        fixed:
          model: {kind: cnn, depth: 1, width: 8}
          optimizer: {kind: adamw}
          schedule: linear_warmup(1)+cosine
          initialization: orthogonal
          activation: relu
          learning_rate: 0.001
          batch_size: 128
          epochs: 1
        scientific:
          normalization: [none, batch]
        seeds: [3, 7]

        """;

    private readonly Workspace workspace = new();

    public KeyPartsTests()
    {
        File.Delete(workspace.PathOf("experiments/small.yaml"));
        workspace.Write("experiments/perceptrons.yaml", Perceptrons);
        workspace.Write("experiments/convolutions.yaml", Convolutions);
    }

    public void Dispose() => workspace.Dispose();

    [Fact]
    public void Parts_of_keys_are_as_they_were()
    {
        workspace.Run("--target=Report", "--experiment=perceptrons,convolutions").Succeeded();

        var parts = Keys().ToList();

        Assert.Equal(12, parts.Count(line => line.StartsWith("train ", StringComparison.Ordinal)));
        Assert.Equal(
            File.ReadAllText(Path.Combine(Workspace.Root, "tests/Pipeline.Tests/KeyParts.txt")),
            string.Concat(parts.Select(line => line + "\n"))
        );
    }

    private IEnumerable<string> Keys() =>
        Directory
            .EnumerateFiles(workspace.PathOf("cache/ac"), "*", SearchOption.AllDirectories)
            .Select(path => JsonDocument.Parse(File.ReadLines(path).First()).RootElement.GetProperty("parts"))
            .Select(parts =>
                $"{parts.GetProperty("stage")} {parts.GetProperty("parameters")} {Inputs(parts)} "
                + $"{Names(parts, "code")} {parts.GetProperty("backend")}"
            )
            .Order(StringComparer.Ordinal);

    private static string Inputs(JsonElement parts) =>
        string.Join(
            ' ',
            parts
                .GetProperty("inputs")
                .EnumerateObject()
                .Select(input =>
                    $"{input.Name}={(IsOfCode(parts.GetProperty("stage").ToString(), input.Name) ? Left : input.Value.ToString())}"
                )
        );

    private static bool IsOfCode(string stage, string input) =>
        input is "provenance" or "vocabulary"
        || (stage == "study" && input.StartsWith("code:", StringComparison.Ordinal));

    private static string Names(JsonElement parts, string part) =>
        string.Join(' ', parts.GetProperty(part).EnumerateObject().Select(entry => entry.Name));
}
