using System.Text;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Export;

/// <summary>
/// A Python file with the class <c>Network</c>, a network as a PyTorch module. Its modules are named as the layers,
/// so that the names in its <c>state_dict</c> are those of the tensors; beside them PyTorch counts there the batches
/// that a batch normalization saw.
/// </summary>
internal static class NetworkPython
{
    /// <summary>Writes the file.</summary>
    /// <param name="run">The id of the run that trained the network.</param>
    /// <param name="description">The network.</param>
    /// <exception cref="NotSupportedException">A layer or an operation has no PyTorch form yet.</exception>
    public static byte[] Encode(string run, NetworkDescription description)
    {
        var layers = ExportedLayer.Of(description.Layers());
        var modules = Modules(layers, "");
        var network = new PyTorchModule(
            "",
            "",
            [.. modules.Select(module => ((string?)module.Name, module.Module))],
            null
        );
        var text = new StringBuilder(
            $$""""
            """The network of run {{run}}.

            Its weights and running statistics stand in network.safetensors and in tensors/, named as in its state_dict.
            """

            from collections import OrderedDict


            """"
        );
        if (network.Classes.Any(definition => definition.Source.Contains("torch.", StringComparison.Ordinal)))
            text.Append("import torch\n");
        text.Append("from torch import nn\n\n\n");
        foreach (var definition in network.Classes)
            text.Append(definition.Source).Append("\n\n\n");
        text.Append(
            $$""""
            class Network(nn.Sequential):
                """From inputs of shape [rows, {{string.Join(
                ", ",
                layers[0].Shape
            )}}] to logits of shape [rows, {{description.Classes}}]."""

                def __init__(self):
                    super().__init__(OrderedDict(

            """"
        );
        network.WriteChildren(text, indentation: 12);
        text.Append("        ))\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The modules of layers whose names begin with a prefix, grouped by what follows it in their names.</summary>
    private static IReadOnlyList<(string Name, PyTorchModule Module)> Modules(
        IEnumerable<ExportedLayer> layers,
        string prefix
    )
    {
        var modules = new List<(string Name, PyTorchModule Module)>();
        foreach (var group in Neighbours(layers, prefix))
        {
            var name = $"{prefix}{group.Key}";
            if (group.Layers[0] is { Description: ResidualDescription } residual && residual.Description.Name == name)
                modules.Add((group.Key, Residual(residual, group.Layers.Skip(1), name)));
            else if (group.Layers.TrueForAll(layer => layer.Description.Name != name))
                modules.Add((group.Key, PyTorchModule.Sequential(Modules(group.Layers, name + "."))));
            else
                // A layer without tensors that is named below another, as output.dropout is, needs no place there.
                modules.AddRange(
                    group.Layers.Select(layer =>
                        (layer.Description.Name[prefix.Length..].Replace('.', '_'), PyTorchLayers.Of(layer))
                    )
                );
        }
        return modules;
    }

    private static PyTorchModule Residual(ExportedLayer block, IEnumerable<ExportedLayer> others, string name)
    {
        var shortcut =
            block.Shortcut.Count > 0
                ? PyTorchModule.Sequential(Modules(block.Shortcut, $"{name}.shortcut."))
                : PyTorchModule.Of("Identity");
        return new(
            PyTorchClasses.Residual.Name,
            "",
            [
                ("body", PyTorchModule.Sequential(Modules(block.Body, $"{name}.body."))),
                ("shortcut", shortcut),
                .. Modules(others, name + ".").Select(other => ((string?)other.Name, other.Module)),
            ],
            PyTorchClasses.Residual
        );
    }

    /// <summary>Neighbouring layers that share the part of their names up to the next dot behind a prefix.</summary>
    private static IEnumerable<(string Key, List<ExportedLayer> Layers)> Neighbours(
        IEnumerable<ExportedLayer> layers,
        string prefix
    )
    {
        var groups = new List<(string Key, List<ExportedLayer> Layers)>();
        foreach (var layer in layers)
        {
            var key = layer.Description.Name[prefix.Length..].Split('.')[0];
            if (groups.Count == 0 || groups[^1].Key != key)
                groups.Add((key, []));
            groups[^1].Layers.Add(layer);
        }
        return groups;
    }
}
