using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Descriptions;

/// <summary>A normalization of features, or of an image's channels.</summary>
/// <param name="Name">The dotted name.</param>
/// <param name="Input">The shape, in and out.</param>
/// <param name="Operation">The operation of the normalization catalogue.</param>
/// <param name="IsAffine">Whether a scale per channel is trained, and a shift where the operation has one.</param>
public sealed record NormalizationDescription(
    string Name,
    FeatureShape Input,
    Operation Operation,
    bool IsAffine = true
) : LayerDescription(Name, Input)
{
    /// <summary>Whether it infers as it trains, by statistics of the batch, where it has running ones.</summary>
    public bool InfersByBatch { get; init; }

    /// <summary>Whether the layer adds a trained shift, which makes a bias before it idle.</summary>
    /// <exception cref="NetworkDescriptionException">The operation is not in the catalogue.</exception>
    public bool HasShift => IsAffine && Create().HasShift;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorDescription> Tensors()
    {
        var normalization = Create();
        int[] shape = [Input.Channels];
        var tensors = new List<TensorDescription>();
        if (IsAffine && normalization.HasScale)
            tensors.Add(new($"{Name}.weight", shape, TensorRole.Scale));
        if (IsAffine && normalization.HasShift)
            tensors.Add(new($"{Name}.bias", shape, TensorRole.Shift));
        if (normalization.HasRunningStatistics)
        {
            tensors.Add(new($"{Name}.running_mean", shape, TensorRole.RunningMean));
            tensors.Add(new($"{Name}.running_var", shape, TensorRole.RunningVariance));
        }
        return tensors;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        if (Create().Misfit(Input) is { } misfit)
            throw new NetworkDescriptionException($"The layer {Name} can't apply {Operation} to {Input}: {misfit}.");
    }

    private Normalization Create() => Make(Operation, NormalizationCatalogue.Create);
}
