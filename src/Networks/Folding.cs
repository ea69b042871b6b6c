using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks;

/// <summary>
/// Folds normalizations whose inference is a line per channel, <c>y = a·x + c</c>, such as batch normalization, into
/// the linear layer or convolution before them: <c>W ← a·W</c>, <c>b ← a·b + c</c>. What is left infers the same to
/// rounding, with fewer passes; it is of no use for training.
/// </summary>
public static class Folding
{
    /// <summary>Folds a trained network.</summary>
    /// <param name="description">The network.</param>
    /// <param name="tensors">Its tensors, such as <see cref="Network.Tensors"/> gives them.</param>
    /// <returns>A network without the normalizations that could be folded, with its tensors.</returns>
    /// <exception cref="NetworkDescriptionException">The network can't be built.</exception>
    /// <exception cref="KeyNotFoundException">A tensor is missing.</exception>
    public static (NetworkDescription Description, IReadOnlyList<NamedTensor> Tensors) Fold(
        NetworkDescription description,
        IReadOnlyList<NamedTensor> tensors
    )
    {
        var values = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values, StringComparer.Ordinal);
        var folded = new FoldedDescription(description, Fold(description.Layers(), values));
        return (
            folded,
            [.. folded.Tensors().Select(tensor => new NamedTensor(tensor.Name, tensor.Shape, values[tensor.Name]))]
        );
    }

    private static List<LayerDescription> Fold(
        IReadOnlyList<LayerDescription> layers,
        Dictionary<string, float[]> values
    )
    {
        var folded = new List<LayerDescription>();
        foreach (var layer in layers)
        {
            if (
                layer is NormalizationDescription normalization
                && folded.Count > 0
                && TryFold(folded[^1], normalization, values) is { } merged
            )
                folded[^1] = merged;
            else if (layer is ResidualDescription block)
                folded.Add(block with { Body = Fold(block.Body, values), Shortcut = Fold(block.Shortcut, values) });
            else
                folded.Add(layer);
        }
        return folded;
    }

    /// <summary>The layer with the normalization behind it folded in, its values changed; null where that isn't possible.</summary>
    private static LayerDescription? TryFold(
        LayerDescription layer,
        NormalizationDescription description,
        Dictionary<string, float[]> values
    )
    {
        var (name, arguments) = (description.Operation.Name, description.Operation.ArgumentArray);
        if (
            layer is not (LinearDescription or ConvolutionDescription)
            || NormalizationCatalogue.Create(name, arguments) is not BatchwiseNormalization normalization
            || description.InfersByBatch
        )
            return null;
        var channels = description.Input.Channels;
        var (slopes, offsets) = (new float[channels], new float[channels]);
        var tensors = new NormalizationTensors(
            values.GetValueOrDefault($"{description.Name}.weight") ?? [.. Enumerable.Repeat(1f, channels)],
            values.GetValueOrDefault($"{description.Name}.bias") ?? new float[channels],
            values[$"{description.Name}.running_mean"],
            values[$"{description.Name}.running_var"]
        );
        normalization.Lines(tensors, slopes, offsets);

        var weight = values[$"{layer.Name}.weight"].ToArray();
        var bias = values.GetValueOrDefault($"{layer.Name}.bias")?.ToArray() ?? new float[channels];
        for (var o = 0; o < channels; o++)
        {
            foreach (ref var w in weight.AsSpan(o * (weight.Length / channels), weight.Length / channels))
                w *= slopes[o];
            bias[o] = float.FusedMultiplyAdd(bias[o], slopes[o], offsets[o]);
        }
        (values[$"{layer.Name}.weight"], values[$"{layer.Name}.bias"]) = (weight, bias);
        return layer is ConvolutionDescription convolution
            ? convolution with
            {
                HasBias = true,
            }
            : ((LinearDescription)layer) with
            {
                HasBias = true,
            };
    }

    private sealed record FoldedDescription(NetworkDescription Original, IReadOnlyList<LayerDescription> List)
        : NetworkDescription(
            Original.Input,
            Original.Classes,
            Original.Activation,
            Original.Initialization,
            Original.Normalization
        )
    {
        protected override IReadOnlyList<LayerDescription> Build() => List;
    }
}
