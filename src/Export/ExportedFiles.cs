using System.Text.Json.Nodes;
using Pipeline.Artifacts;
using Pipeline.Stages.Train;

namespace Pipeline.Export;

/// <summary>The files of an exported network.</summary>
internal static class ExportedFiles
{
    /// <summary>The name of the description, by which a folder is known for an export.</summary>
    public const string Description = "network.json";

    /// <summary>The bytes of all files by name.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">What it found.</param>
    /// <param name="network">The network that it trained.</param>
    /// <param name="preprocessing">What was done to its data.</param>
    /// <exception cref="NotSupportedException">A layer or an operation of the network has no form in a file yet.</exception>
    public static IReadOnlyDictionary<string, byte[]> Of(
        PlannedRun run,
        RunResult result,
        TrainedNetwork network,
        ExportedPreprocessing preprocessing
    )
    {
        if (network.Description.InfersByBatch)
            throw new NotSupportedException(
                "it infers by the statistics of each batch, which the files can't hold: train it with inference_statistics: running."
            );
        var rows = network.TestLabels.Length;
        var inputs = ExportedLayer.Of(network.Description.Layers())[0].Shape;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [Description] = NetworkJson.Encode(run, result, network, preprocessing.Classes, preprocessing.Json),
            ["network.py"] = NetworkPython.Encode(run.Id, network.Description),
            ["network.safetensors"] = SafetensorsFile.Encode(
                network.Tensors,
                [new("run", run.Id), new("class_names", JsonText.Of(new JsonArray([.. preprocessing.Classes])))]
            ),
            ["preprocess.py"] = preprocessing.Python(run.Id, inputs),
            ["test_inputs.npy"] = NpyFile.Encode([rows, .. inputs], network.TestInputs),
            ["test_labels.npy"] = NpyFile.Encode([rows], Array.ConvertAll(network.TestLabels, label => (long)label)),
            ["test_logits.npy"] = NpyFile.Encode([rows, network.Description.Classes], network.TestLogits),
        };
        foreach (var (name, bytes) in preprocessing.Files)
            files.Add(name, bytes);
        foreach (var tensor in network.Tensors)
            files.Add(OfTensor(tensor.Name), NpyFile.Encode(tensor.Shape, tensor.Values));
        return files;
    }

    /// <summary>The name of the file of a tensor.</summary>
    public static string OfTensor(string name) => $"tensors/{name}.npy";
}
