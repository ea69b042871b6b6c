namespace Pipeline.Networks.Normalizations;

/// <summary>The tensors [features] of a normalization, empty where it has none.</summary>
/// <param name="scale">γ.</param>
/// <param name="shift">β.</param>
/// <param name="runningMean">The tracked means.</param>
/// <param name="runningVariance">The tracked variances.</param>
internal readonly ref struct NormalizationTensors(
    ReadOnlySpan<float> scale,
    ReadOnlySpan<float> shift,
    Span<float> runningMean,
    Span<float> runningVariance
)
{
    /// <summary>γ.</summary>
    public ReadOnlySpan<float> Scale { get; } = scale;

    /// <summary>β.</summary>
    public ReadOnlySpan<float> Shift { get; } = shift;

    /// <summary>The means for inference.</summary>
    public Span<float> RunningMean { get; } = runningMean;

    /// <summary>The variances for inference.</summary>
    public Span<float> RunningVariance { get; } = runningVariance;
}
