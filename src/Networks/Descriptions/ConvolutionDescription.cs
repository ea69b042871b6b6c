namespace Pipeline.Networks.Descriptions;

/// <summary>
/// A convolution of an image with square kernels, y[o] = Σ_c W[o, c] ⋆ x[c] + b[o] with W of shape
/// [channels out, channels in, kernel, kernel], as PyTorch's Conv2d: the kernel is not flipped.
/// </summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The image that goes in.</param>
/// <param name="Channels">The channels that come out.</param>
/// <param name="Kernel">Height and width of the kernel.</param>
/// <param name="Stride">By how many pixels the kernel moves, in both directions.</param>
/// <param name="Padding">The zeros around the image on each side, fewer than the kernel's size.</param>
/// <param name="HasBias">Whether b is there.</param>
public sealed record ConvolutionDescription(
    string Name,
    FeatureShape Input,
    int Channels,
    int Kernel,
    int Stride,
    int Padding,
    bool HasBias
) : LayerDescription(Name, Input)
{
    /// <inheritdoc/>
    public override FeatureShape Output => new(Channels, OutputLength(Input.Height), OutputLength(Input.Width));

    /// <inheritdoc/>
    public override IReadOnlyList<TensorDescription> Tensors()
    {
        var weight = new TensorDescription(
            $"{Name}.weight",
            [Channels, Input.Channels, Kernel, Kernel],
            TensorRole.Weight
        );
        return HasBias ? [weight, new($"{Name}.bias", [Channels], TensorRole.Bias)] : [weight];
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(
            Channels > 0 && Kernel > 0 && Stride > 0,
            $"makes {Channels} channels with kernels of {Kernel}×{Kernel} and a stride of {Stride}, but each must be at least 1"
        );
        Require(
            Padding >= 0 && Padding < Kernel,
            $"pads {Input} with {Padding} on each side, but a padding is at least 0 and less than the kernel, here {Kernel}"
        );
        Require(
            Input.Height + (2 * Padding) >= Kernel && Input.Width + (2 * Padding) >= Kernel,
            $"has kernels of [{Kernel}, {Kernel}], larger than its input {Input}{(Padding > 0 ? $" padded by {Padding}" : "")}"
        );
    }

    private int OutputLength(int input) => ((input + (2 * Padding) - Kernel) / Stride) + 1;
}
