namespace Pipeline.Networks;

/// <summary>One layer of a network, independent of the backend that trains it.</summary>
/// <param name="Name">The dotted name under which its tensors stand, such as <c>layers.0.linear</c>.</param>
/// <param name="Inputs">The number of values per row that go in.</param>
/// <param name="Outputs">The number of values per row that come out.</param>
public abstract record LayerDescription(string Name, int Inputs, int Outputs)
{
    /// <summary>Its tensors, in PyTorch's order.</summary>
    /// <exception cref="ArgumentException">The layer's operation is not in its catalogue.</exception>
    public abstract IReadOnlyList<TensorDescription> Tensors();
}

/// <summary>A linear layer, y = x·Wᵀ + b with W of shape [outputs, inputs].</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Inputs">The values per row that go in (fan_in).</param>
/// <param name="Outputs">The values per row that come out (fan_out).</param>
/// <param name="HasBias">Whether b is there.</param>
public sealed record LinearDescription(string Name, int Inputs, int Outputs, bool HasBias) : LayerDescription(Name, Inputs, Outputs)
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorDescription> Tensors()
    {
        var weight = new TensorDescription($"{Name}.weight", [Outputs, Inputs], TensorRole.Weight);
        return HasBias ? [weight, new($"{Name}.bias", [Outputs], TensorRole.Shift)] : [weight];
    }
}

/// <summary>A normalization of a row's features.</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Features">The values per row, in and out.</param>
/// <param name="Operation">The operation of the normalization catalogue.</param>
public sealed record NormalizationDescription(string Name, int Features, Operation Operation) : LayerDescription(Name, Features, Features)
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorDescription> Tensors()
    {
        var normalization = NormalizationCatalogue.Create(Operation.Name, Operation.ArgumentArray);
        var tensors = new List<TensorDescription>();
        if (normalization.HasScaleAndShift)
        {
            tensors.Add(new($"{Name}.weight", [Features], TensorRole.Scale));
            tensors.Add(new($"{Name}.bias", [Features], TensorRole.Shift));
        }
        if (normalization.HasRunningStatistics)
        {
            tensors.Add(new($"{Name}.running_mean", [Features], TensorRole.RunningMean));
            tensors.Add(new($"{Name}.running_var", [Features], TensorRole.RunningVariance));
        }
        return tensors;
    }
}

/// <summary>An activation of every value.</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Features">The values per row, in and out.</param>
/// <param name="Operation">The operation of the activation catalogue.</param>
public sealed record ActivationDescription(string Name, int Features, Operation Operation) : LayerDescription(Name, Features, Features)
{
    /// <inheritdoc/>
    public override IReadOnlyList<TensorDescription> Tensors() => [];
}
