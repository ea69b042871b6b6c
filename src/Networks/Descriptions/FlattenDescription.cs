namespace Pipeline.Networks.Descriptions;

/// <summary>An image as one row of features: channel after channel, each row by row.</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The image that goes in.</param>
public sealed record FlattenDescription(string Name, FeatureShape Input) : LayerDescription(Name, Input)
{
    /// <inheritdoc/>
    public override FeatureShape Output => new(Input.Values);
}
