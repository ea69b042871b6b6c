namespace Pipeline.Networks;

/// <summary>A network for classification, independent of the backend that trains it: a chain of layers from inputs to logits.</summary>
/// <param name="Inputs">The number of values per example, at least 1.</param>
/// <param name="Classes">The number of classes, at least 2.</param>
/// <param name="Initialization">The operation of the initializer catalogue that fills the weights.</param>
public abstract record NetworkDescription(int Inputs, int Classes, Operation Initialization)
{
    /// <summary>The layers, from inputs to logits.</summary>
    /// <exception cref="ArgumentException">A size is out of range, or an operation on which the layers' tensors depend is not in its catalogue.</exception>
    public abstract IReadOnlyList<LayerDescription> Layers();

    /// <summary>The tensors of all layers, in order.</summary>
    /// <exception cref="ArgumentException">As <see cref="Layers"/>.</exception>
    public IReadOnlyList<TensorDescription> Tensors() => [.. Layers().SelectMany(layer => layer.Tensors())];
}
