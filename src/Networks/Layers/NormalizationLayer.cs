namespace Pipeline.Networks;

/// <summary>A <see cref="Normalization"/> with its tensors, and what its backward pass needs from its forward pass.</summary>
internal sealed class NormalizationLayer : NetworkLayer
{
    private readonly Normalization normalization;
    private readonly FloatBuffer scale, dscale, shift, dshift, runningMean, runningVariance, saved;

    /// <param name="description">The description.</param>
    /// <param name="tensors">Where the layer's tensors stand.</param>
    /// <param name="largestBatch">The largest number of rows.</param>
    public NormalizationLayer(NormalizationDescription description, NetworkTensors tensors, int largestBatch)
        : base(description)
    {
        var (name, features, operation) = description;
        normalization = NormalizationCatalogue.Create(operation.Name, operation.ArgumentArray);
        (scale, dscale) = (tensors.Values($"{name}.weight"), tensors.Gradient($"{name}.weight"));
        (shift, dshift) = (tensors.Values($"{name}.bias"), tensors.Gradient($"{name}.bias"));
        (runningMean, runningVariance) = (tensors.Values($"{name}.running_mean"), tensors.Values($"{name}.running_var"));
        saved = new(normalization.SavedLength(largestBatch, features));
    }

    private NormalizationTensors Tensors => new(scale.Span, shift.Span, runningMean.Span, runningVariance.Span);

    public override void Forward(ReadOnlySpan<float> x, int rows, Span<float> y) =>
        normalization.Forward(x, Tensors, rows, Outputs, y, saved.First(normalization.SavedLength(rows, Outputs)));

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y) => normalization.Infer(x, Tensors, rows, Outputs, y);

    public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int rows, Span<float> dx) =>
        normalization.Backward(x, Tensors, saved.First(normalization.SavedLength(rows, Outputs)), dy, rows, Outputs, dx, dscale.Span, dshift.Span);
}
