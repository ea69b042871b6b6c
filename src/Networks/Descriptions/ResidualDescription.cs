namespace Pipeline.Networks.Descriptions;

/// <summary>A residual block, y = body(x) + shortcut(x).</summary>
/// <remarks>K. He, X. Zhang, S. Ren, J. Sun: Deep residual learning for image recognition. CVPR 2016.</remarks>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The shape that goes in.</param>
/// <param name="Body">The layers of the body, at least one.</param>
/// <param name="Shortcut">The layers of the shortcut; none for the identity.</param>
public sealed record ResidualDescription(
    string Name,
    FeatureShape Input,
    IReadOnlyList<LayerDescription> Body,
    IReadOnlyList<LayerDescription> Shortcut
) : LayerDescription(Name, Input)
{
    /// <inheritdoc/>
    public override FeatureShape Output => Body[^1].Output;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorDescription> Tensors() =>
        [.. Body.Concat(Shortcut).SelectMany(layer => layer.Tensors())];

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Body.Count > 0, "has no layers in its body");
        var body = NetworkDescription.Validate(Body, Input);
        var shortcut = NetworkDescription.Validate(Shortcut, Input);
        Require(
            body == shortcut,
            $"can't add what its body makes of {Input}, {body}, to what its shortcut makes of it, {shortcut}"
        );
    }
}
