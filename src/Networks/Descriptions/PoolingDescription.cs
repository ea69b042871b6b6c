namespace Pipeline.Networks.Descriptions;

/// <summary>What a pooling layer makes of a window.</summary>
public enum Pooling
{
    /// <summary>Its largest value; of equal ones the first.</summary>
    Max,

    /// <summary>The mean of its values.</summary>
    Average,
}

/// <summary>
/// A pooling of square windows of each channel, without padding; what is left at the right and the
/// lower edge is dropped.
/// </summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The image that goes in.</param>
/// <param name="Kind">What becomes of a window.</param>
/// <param name="Window">Height and width of the window.</param>
/// <param name="Stride">By how many pixels the window moves, in both directions.</param>
public sealed record PoolingDescription(string Name, FeatureShape Input, Pooling Kind, int Window, int Stride)
    : LayerDescription(Name, Input)
{
    /// <inheritdoc/>
    public override FeatureShape Output => new(Input.Channels, OutputLength(Input.Height), OutputLength(Input.Width));

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(
            Window > 0 && Stride > 0,
            $"has windows of {Window}×{Window} and a stride of {Stride}, but each must be at least 1"
        );
        Require(
            Window <= Input.Height && Window <= Input.Width,
            $"has windows of [{Window}, {Window}], larger than its input {Input}"
        );
    }

    private int OutputLength(int input) => ((input - Window) / Stride) + 1;
}

/// <summary>The mean of each channel over all pixels.</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The image that goes in.</param>
public sealed record GlobalAveragePoolingDescription(string Name, FeatureShape Input) : LayerDescription(Name, Input)
{
    /// <inheritdoc/>
    public override FeatureShape Output => new(Input.Channels);
}
