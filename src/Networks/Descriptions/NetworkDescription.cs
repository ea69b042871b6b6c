namespace Pipeline.Networks.Descriptions;

/// <summary>Where a hidden unit normalizes.</summary>
public enum NormalizationPosition
{
    /// <summary>The inputs of the activation, as usual.</summary>
    BeforeActivation,

    /// <summary>The outputs of the activation.</summary>
    AfterActivation,
}

/// <summary>A network for classification, independent of the backend that trains it: a chain of layers from inputs to logits.</summary>
/// <param name="Input">The shape of an example.</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="Activation">The operation of the activation catalogue.</param>
/// <param name="Initialization">The operation of the initializer catalogue that fills the weights.</param>
/// <param name="Normalization">The operation of the normalization catalogue.</param>
public abstract record NetworkDescription(
    FeatureShape Input,
    int Classes,
    Operation Activation,
    Operation Initialization,
    Operation Normalization
)
{
    /// <summary>Where hidden units normalize.</summary>
    public NormalizationPosition Position { get; init; }

    /// <summary>Whether normalizations train a scale and, where they have one, a shift.</summary>
    public bool IsAffine { get; init; } = true;

    /// <summary>The probability with which dropout makes a hidden value 0, from 0 to less than 1.</summary>
    public double Dropout { get; init; }

    /// <summary>What the biases of linear layers and convolutions are at first.</summary>
    public double InitialBias { get; init; }

    /// <summary>
    /// The number of first layers with weights that training leaves as they begin, with their biases and the normalizations up to the
    /// next layer with weights. Running statistics are no part of that: they follow the batches.
    /// </summary>
    public int FrozenLayers { get; init; }

    /// <summary>
    /// Whether normalizations with running statistics infer by those of the rows that are inferred together, at most a largest batch, in
    /// their place.
    /// </summary>
    public bool InfersByBatch { get; init; }

    /// <summary>
    /// The operation of the initializer catalogue that fills the last weights of each residual block's body; null for
    /// <see cref="Initialization"/>. With <c>zeros</c> and normalizations that keep 0, a block adds nothing at first.
    /// </summary>
    public Operation? BranchInitialization { get; init; }

    /// <summary>The layers, from inputs to logits.</summary>
    /// <exception cref="NetworkDescriptionException">
    /// A size is out of range, shapes don't fit, or an operation is not in its catalogue.
    /// </exception>
    public IReadOnlyList<LayerDescription> Layers()
    {
        if (Classes < 2)
            throw new NetworkDescriptionException($"A classifier needs at least 2 classes, not {Classes}.");
        try
        {
            var layers = Build();
            var output = Validate(layers, Input);
            if (output != new FeatureShape(Classes))
                throw new NetworkDescriptionException(
                    $"The layer {layers[^1].Name} gives {output}, but there are {Classes} classes."
                );
            var tensors = layers.SelectMany(layer => layer.Tensors()).ToList();
            _ = tensors.Sum(tensor => tensor.Length);
            if (tensors.Count(tensor => tensor.Role is TensorRole.Weight) is var weights && FrozenLayers > weights)
                throw new NetworkDescriptionException(
                    $"The network has {weights} layers with weights, so {FrozenLayers} can't be frozen."
                );
            return layers;
        }
        catch (OverflowException e)
        {
            throw new NetworkDescriptionException(
                $"The network is too large: it has more than {int.MaxValue} weights, or values in a layer.",
                e
            );
        }
    }

    /// <summary>The tensors of all layers, in order.</summary>
    /// <exception cref="NetworkDescriptionException">As <see cref="Layers"/>.</exception>
    public IReadOnlyList<TensorDescription> Tensors() => [.. Layers().SelectMany(layer => layer.Tensors())];

    /// <summary>The layers, not checked yet.</summary>
    /// <exception cref="NetworkDescriptionException">
    /// A size of the description itself is out of range, or an operation is not in its catalogue.
    /// </exception>
    protected abstract IReadOnlyList<LayerDescription> Build();

    /// <summary>Checks that each layer can be built and takes what its predecessor gives.</summary>
    /// <returns>The shape of what the last layer gives.</returns>
    /// <exception cref="NetworkDescriptionException">One doesn't; the message names the layer and both shapes.</exception>
    internal static FeatureShape Validate(IEnumerable<LayerDescription> layers, FeatureShape input)
    {
        foreach (var layer in layers)
        {
            if (layer.Input != input)
                throw new NetworkDescriptionException(
                    $"The layer {layer.Name} takes {layer.Input}, but {input} comes in."
                );
            layer.Validate();
            input = layer.Output;
        }
        return input;
    }

    /// <summary>A linear layer with all that belongs to a hidden unit.</summary>
    private protected IEnumerable<LayerDescription> HiddenLinear(string name, int inputs, int width) =>
        [
            new LinearDescription($"{name}.linear", inputs, width, HasBias: NeedsBias(name, new(width))),
            .. Hidden(name, new(width)),
            .. Drop(name, new(width)),
        ];

    /// <summary>Normalization and activation of a hidden unit, in the described order.</summary>
    private protected IEnumerable<LayerDescription> Hidden(string name, FeatureShape shape)
    {
        var activation = new ActivationDescription($"{name}.activation", shape, Activation);
        var normalization = Normalizing(name, shape);
        return Position == NormalizationPosition.BeforeActivation
            ? [normalization, activation]
            : [activation, normalization];
    }

    /// <summary>A residual block: body and shortcut, normalized before they are added or after the activation of their sum.</summary>
    private protected IEnumerable<LayerDescription> Block(
        string name,
        IReadOnlyList<LayerDescription> body,
        IReadOnlyList<LayerDescription> shortcut
    )
    {
        var shape = body[^1].Output;
        var activation = new ActivationDescription($"{name}.activation", shape, Activation);
        if (Position == NormalizationPosition.AfterActivation)
            return [new ResidualDescription(name, body[0].Input, body, shortcut), activation, Normalizing(name, shape)];
        body = [.. body, Normalizing($"{name}.body.1", shape)];
        if (shortcut.Count > 0)
            shortcut = [.. shortcut, Normalizing($"{name}.shortcut", shape)];
        return [new ResidualDescription(name, body[0].Input, body, shortcut), activation];
    }

    /// <summary>The normalization of a hidden unit.</summary>
    private protected NormalizationDescription Normalizing(string name, FeatureShape shape) =>
        new($"{name}.normalization", shape, Normalization, IsAffine) { InfersByBatch = InfersByBatch };

    /// <summary>
    /// Whether a linear layer or convolution before a hidden unit has a bias: not where a normalization
    /// that follows at once has a shift.
    /// </summary>
    private protected bool NeedsBias(string name, FeatureShape shape) =>
        Position == NormalizationPosition.AfterActivation || !Normalizing(name, shape).HasShift;

    /// <summary>A dropout layer, or none at a rate of 0.</summary>
    private protected IEnumerable<LayerDescription> Drop(string name, FeatureShape shape) =>
        Dropout == 0 ? [] : [new DropoutDescription($"{name}.dropout", shape, Dropout)];

    /// <summary>Throws unless a size is at least its minimum.</summary>
    private protected static void RequireAtLeast(int minimum, int value, string what)
    {
        if (value < minimum)
            throw new NetworkDescriptionException($"{what} is at least {minimum}, not {value}.");
    }
}
