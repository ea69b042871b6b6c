namespace Pipeline.Networks.Descriptions;

/// <summary>
/// In training, each value is 0 with a certain probability and divided by that of the opposite
/// otherwise; nothing in inference.
/// </summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The shape, in and out.</param>
/// <param name="Rate">The probability of 0, from 0 to less than 1.</param>
public sealed record DropoutDescription(string Name, FeatureShape Input, double Rate) : LayerDescription(Name, Input)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(
            Rate >= 0 && (float)Rate < 1,
            $"drops values at a rate of {Rate}, but a rate is at least 0 and less than 1"
        );
    }
}
