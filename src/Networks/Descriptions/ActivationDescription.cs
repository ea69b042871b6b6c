using Pipeline.Networks.Activations;

namespace Pipeline.Networks.Descriptions;

/// <summary>An activation of every value.</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The shape, in and out.</param>
/// <param name="Operation">The operation of the activation catalogue.</param>
public sealed record ActivationDescription(string Name, FeatureShape Input, Operation Operation)
    : LayerDescription(Name, Input)
{
    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Make(Operation, ActivationCatalogue.Create);
    }
}
