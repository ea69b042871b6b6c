namespace Pipeline.Networks.Descriptions;

/// <summary>What a tensor is for, from which its initial values follow.</summary>
public enum TensorRole
{
    /// <summary>A trained weight, filled by the initializer.</summary>
    Weight,

    /// <summary>The trained bias of a linear layer or a convolution, the description's constant at first.</summary>
    Bias,

    /// <summary>The trained shift of a normalization, 0 at first.</summary>
    Shift,

    /// <summary>The trained scale of a normalization, 1 at first.</summary>
    Scale,

    /// <summary>A mean that a normalization tracks for inference, 0 at first; not trained.</summary>
    RunningMean,

    /// <summary>A variance that a normalization tracks for inference, 1 at first; not trained.</summary>
    RunningVariance,
}

/// <summary>A named tensor of a network, named and laid out (row-major) as PyTorch has it.</summary>
/// <param name="Name">A dotted name, such as <c>layers.0.linear.weight</c>.</param>
/// <param name="Shape">
/// The lengths of its dimensions; a linear layer's weight is [outputs, inputs], a convolution's [channels out, channels in, height, width].
/// </param>
/// <param name="Role">What it is for.</param>
public sealed record TensorDescription(string Name, IReadOnlyList<int> Shape, TensorRole Role)
{
    /// <summary>The number of elements.</summary>
    public int Length => Shape.Aggregate(1, (product, length) => checked(product * length));

    /// <summary>Whether the optimizer updates it.</summary>
    public bool IsTrained => Role is not (TensorRole.RunningMean or TensorRole.RunningVariance);
}
