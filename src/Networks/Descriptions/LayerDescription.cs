namespace Pipeline.Networks.Descriptions;

/// <summary>One layer of a network, independent of the backend that trains it.</summary>
/// <param name="Name">The dotted name under which its tensors stand, such as <c>layers.0.linear</c>.</param>
/// <param name="Input">The shape of an example that goes in.</param>
public abstract record LayerDescription(string Name, FeatureShape Input)
{
    /// <summary>The shape of what comes out.</summary>
    public virtual FeatureShape Output => Input;

    /// <summary>Its tensors, in PyTorch's order.</summary>
    /// <exception cref="NetworkDescriptionException">As <see cref="Validate"/>.</exception>
    public virtual IReadOnlyList<TensorDescription> Tensors() => [];

    /// <summary>Checks that the layer can be built.</summary>
    /// <exception cref="NetworkDescriptionException">
    /// A size is out of range, shapes don't fit, or an operation is not in its catalogue; the
    /// message names layer and shapes.
    /// </exception>
    public virtual void Validate() =>
        Require(
            Input is { Channels: > 0, Height: > 0, Width: > 0 },
            $"takes {Input}, but every size must be at least 1"
        );

    /// <summary>Makes an operation of a catalogue.</summary>
    /// <exception cref="NetworkDescriptionException">The catalogue has none of that name, or its arguments are out of range.</exception>
    private protected T Make<T>(Operation operation, Func<string, ReadOnlySpan<double>, T> create)
    {
        try
        {
            return create(operation.Name, operation.ArgumentArray);
        }
        catch (ArgumentException e)
        {
            throw new NetworkDescriptionException(
                $"The layer {Name} can't apply {operation} to {Input}: {e.Message}",
                e
            );
        }
    }

    /// <summary>Throws unless a condition holds.</summary>
    private protected void Require(bool condition, string sentence)
    {
        if (!condition)
            throw new NetworkDescriptionException($"The layer {Name} {sentence}.");
    }
}
