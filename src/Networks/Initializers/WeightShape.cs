using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Initializers;

/// <summary>
/// The shape of a weight, [outputs, inputs, kernel]: of a linear layer the kernel is 1, of a
/// convolution its height squared.
/// </summary>
/// <param name="Outputs">The outputs, or channels out.</param>
/// <param name="Inputs">The inputs, or channels in.</param>
/// <param name="Kernel">The number of weights between an input and an output.</param>
internal readonly record struct WeightShape(int Outputs, int Inputs, int Kernel)
{
    /// <summary>The number of values from which one output is computed.</summary>
    public int FanIn => Inputs * Kernel;

    /// <summary>The number of outputs to which one input contributes.</summary>
    public int FanOut => Outputs * Kernel;

    /// <summary>Of a tensor of two or more dimensions, outputs first, inputs second.</summary>
    public static WeightShape Of(TensorDescription tensor) =>
        new(tensor.Shape[0], tensor.Shape[1], tensor.Length / (tensor.Shape[0] * tensor.Shape[1]));
}
