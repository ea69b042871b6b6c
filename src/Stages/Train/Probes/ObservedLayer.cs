using Pipeline.Networks.Activations;

namespace Pipeline.Stages.Train;

/// <summary>
/// A layer with weights (linear or convolution) and what follows it up to the next one, as a probe sees it: values, and
/// gradients of the probe batch's mean loss. Arrays are [rows, values]; in those of images the channel is the last
/// index, so that element e belongs to unit e mod units.
/// </summary>
public sealed class ObservedLayer
{
    /// <summary>The layer's dotted name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether each output depends on all inputs; else it is a convolution.</summary>
    public required bool IsLinear { get; init; }

    /// <summary>The rows of the probe batch.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of units: outputs, or channels out.</summary>
    public required int Units { get; init; }

    /// <summary>What goes in.</summary>
    public required float[] Inputs { get; init; }

    /// <summary>The gradient with respect to <see cref="Inputs"/>.</summary>
    public required float[] InputGradient { get; init; }

    /// <summary>What the layer itself gives, W·x + b.</summary>
    public required float[] Products { get; init; }

    /// <summary>The gradient with respect to <see cref="Products"/>.</summary>
    public required float[] ProductGradient { get; init; }

    /// <summary>The weights, [units, weights of a unit].</summary>
    public required float[] Weights { get; init; }

    /// <summary>The biases, [units]; empty where there are none.</summary>
    public required float[] Biases { get; init; }

    /// <summary>The gradient with respect to <see cref="Weights"/>.</summary>
    public required float[] WeightGradient { get; init; }

    /// <summary>The activation that follows; null behind the last layer, and behind a shortcut.</summary>
    public Activation? Activation { get; internal set; }

    /// <summary>
    /// What goes into the activation: <see cref="Products"/>, or what a normalization or the sum of
    /// a residual block made of them.
    /// </summary>
    public float[] ActivationInputs { get; internal set; } = [];

    /// <summary>What comes out of the activation, or <see cref="Products"/> where none follows.</summary>
    public required float[] Outputs { get; set; }

    /// <summary>
    /// What the next training steps add to the weights, a list a step in the layout of <see cref="Weights"/>; up to
    /// eight steps. Empty for probes that don't need them, and at the end of training.
    /// </summary>
    public IReadOnlyList<float[]> Updates { get; internal set; } = [];

    /// <summary>The weights before training, as <see cref="Weights"/>. Empty for probes that don't need them.</summary>
    public float[] FirstWeights { get; internal set; } = [];

    /// <summary>The number of weights of a unit.</summary>
    public int WeightsPerUnit => Weights.Length / Units;
}
