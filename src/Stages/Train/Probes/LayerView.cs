using Pipeline.Networks;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;

namespace Pipeline.Stages.Train;

/// <summary>Looks at a network on a batch: a forward and a backward pass on a copy of it.</summary>
internal static class LayerView
{
    /// <summary>The layers with weights, from the first to the last.</summary>
    /// <param name="settings">The run.</param>
    /// <param name="tensors">The network's tensors, as <see cref="Network.Tensors"/> gives them.</param>
    /// <param name="inputs">The batch, [rows, features].</param>
    /// <param name="labels">[rows].</param>
    /// <param name="lossScale">The scale of the network's coming step, which is taken out of all gradients again.</param>
    public static IReadOnlyList<ObservedLayer> Of(
        RunSettings settings,
        IReadOnlyList<NamedTensor> tensors,
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<int> labels,
        float lossScale = 1
    )
    {
        var (seen, rows) = (new List<Seen>(), labels.Length);
        var copy = new Network(
            settings.Network,
            tensors,
            settings.Optimizer,
            settings.Loss,
            rows,
            (ulong)settings.Seed,
            settings.Storage
        );
        var gradients = copy.Observe(
            inputs,
            labels,
            (layer, x, y, dy, dx) =>
            {
                if (layer is LinearDescription or ConvolutionDescription or ActivationDescription)
                    seen.Add(
                        layer is ActivationDescription
                            ? new(layer, x.ToArray(), y.ToArray(), [], [])
                            : new(layer, x.ToArray(), y.ToArray(), Unscaled(dy, lossScale), Unscaled(dx, lossScale))
                    );
            },
            lossScale
        );
        seen.Reverse();
        var layers = new List<ObservedLayer>();
        foreach (var layer in seen)
        {
            if (layer.Description is not ActivationDescription activation)
                layers.Add(Observed(layer, rows, tensors, gradients));
            else if (layers is [.., { Activation: null } last])
                (last.Activation, last.ActivationInputs, last.Outputs) = (
                    Create(activation.Operation),
                    layer.X,
                    layer.Y
                );
        }
        return layers;
    }

    private static float[] Unscaled(ReadOnlySpan<float> gradient, float scale)
    {
        var unscaled = gradient.ToArray();
        for (var i = 0; i < unscaled.Length && scale != 1; i++)
            unscaled[i] /= scale;
        return unscaled;
    }

    private static Activation Create(Operation operation) =>
        ActivationCatalogue.Create(operation.Name, [.. operation.Arguments]);

    private static ObservedLayer Observed(
        Seen layer,
        int rows,
        IReadOnlyList<NamedTensor> tensors,
        IReadOnlyList<NamedTensor> gradients
    )
    {
        var (name, units) = (layer.Description.Name, layer.Description.Output.Channels);
        return new()
        {
            Name = name,
            IsLinear = layer.Description is LinearDescription,
            Rows = rows,
            Units = layer.Description is LinearDescription ? layer.Description.Output.Values : units,
            Inputs = layer.X,
            InputGradient = layer.Dx,
            Products = layer.Y,
            ProductGradient = layer.Dy,
            Outputs = layer.Y,
            Weights = Values(tensors, $"{name}.weight"),
            Biases = Values(tensors, $"{name}.bias"),
            WeightGradient = Values(gradients, $"{name}.weight"),
        };
    }

    private static float[] Values(IReadOnlyList<NamedTensor> tensors, string name) =>
        tensors.FirstOrDefault(tensor => tensor.Name == name)?.Values ?? [];

    private sealed record Seen(LayerDescription Description, float[] X, float[] Y, float[] Dy, float[] Dx);
}
