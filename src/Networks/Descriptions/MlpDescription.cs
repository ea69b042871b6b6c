namespace Pipeline.Networks;

/// <summary>
/// A multilayer perceptron: hidden layers of linear → normalization → activation, then a linear layer to the logits.
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
    int Inputs, int Depth, int Width, int Classes, Operation Activation, Operation Initialization, Operation Normalization)
    : NetworkDescription(Inputs, Classes, Initialization)
{
    /// <inheritdoc/>
    public override IReadOnlyList<LayerDescription> Layers()
    {
        Require(Inputs >= 1, nameof(Inputs), Inputs, "A perceptron needs at least 1 input.");
        Require(Depth >= 0, nameof(Depth), Depth, "The depth of a perceptron counts its hidden layers and is at least 0.");
        Require(Width >= 1, nameof(Width), Width, "A hidden layer needs a width of at least 1.");
        Require(Classes >= 2, nameof(Classes), Classes, "A classifier needs at least 2 classes.");

        var hasOwnShift = NormalizationCatalogue.Create(Normalization.Name, Normalization.ArgumentArray).HasScaleAndShift;
        var layers = new List<LayerDescription>();
        var features = Inputs;
        for (var i = 0; i < Depth; i++)
        {
            layers.Add(new LinearDescription($"layers.{i}.linear", features, Width, HasBias: !hasOwnShift));
            layers.Add(new NormalizationDescription($"layers.{i}.normalization", Width, Normalization));
            layers.Add(new ActivationDescription($"layers.{i}.activation", Width, Activation));
            features = Width;
        }
        layers.Add(new LinearDescription("output", features, Classes, HasBias: true));
        return layers;
    }

    private static void Require(bool condition, string parameter, int value, string sentence)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(parameter, value, sentence);
    }
}
