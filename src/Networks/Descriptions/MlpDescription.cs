namespace Pipeline.Networks.Descriptions;

/// <summary>
/// A multilayer perceptron: hidden layers of linear → normalization → activation → dropout, then a linear layer to the logits.
/// A hidden linear layer has no bias where the normalization has a shift of its own, as is usual (the normalization would cancel it).
/// </summary>
/// <param name="Inputs">The number of values per example, at least 1.</param>
/// <param name="Depth">The number of hidden layers, at least 0.</param>
/// <param name="Width">The number of units of a hidden layer, at least 1.</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="Activation">The operation of the activation catalogue.</param>
/// <param name="Initialization">The operation of the initializer catalogue that fills the weights.</param>
/// <param name="Normalization">The operation of the normalization catalogue.</param>
public sealed record MlpDescription(
    int Inputs,
    int Depth,
    int Width,
    int Classes,
    Operation Activation,
    Operation Initialization,
    Operation Normalization
) : NetworkDescription(new(Inputs), Classes, Activation, Initialization, Normalization)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<LayerDescription> Build()
    {
        RequireAtLeast(0, Depth, "The depth of a perceptron, its number of hidden layers,");
        RequireAtLeast(1, Width, "The width of a hidden layer");
        var layers = new List<LayerDescription>();
        for (var i = 0; i < Depth; i++)
            layers.AddRange(HiddenLinear($"layers.{i}", i == 0 ? Inputs : Width, Width));
        layers.Add(new LinearDescription("output", Depth == 0 ? Inputs : Width, Classes, HasBias: true));
        return layers;
    }
}
