namespace Pipeline.Networks.Descriptions;

/// <summary>A linear layer, y = x·Wᵀ + b with W of shape [outputs, inputs].</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Inputs">The values per row that go in (fan_in).</param>
/// <param name="Outputs">The values per row that come out (fan_out).</param>
/// <param name="HasBias">Whether b is there.</param>
public sealed record LinearDescription(string Name, int Inputs, int Outputs, bool HasBias)
    : LayerDescription(Name, new FeatureShape(Inputs))
{
    /// <inheritdoc/>
    public override FeatureShape Output => new(Outputs);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorDescription> Tensors()
    {
        var weight = new TensorDescription($"{Name}.weight", [Outputs, Inputs], TensorRole.Weight);
        return HasBias ? [weight, new($"{Name}.bias", [Outputs], TensorRole.Bias)] : [weight];
    }

    /// <inheritdoc/>
    public override void Validate() =>
        Require(Inputs > 0 && Outputs > 0, $"makes [{Outputs}] of [{Inputs}], but every size must be at least 1");
}
