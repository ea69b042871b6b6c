namespace Pipeline.Networks.Normalizations;

/// <summary>
/// A normalization whose statistics are those of the whole batch, or running ones in inference: once they are taken, each row goes by
/// itself.
/// </summary>
internal abstract class BatchwiseNormalization : Normalization
{
    internal sealed override bool HasRunningStatistics => true;

    internal sealed override void Forward(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        Measure(x, tensors, shape, saved);
        Apply(x, tensors, shape, y, saved);
    }

    internal sealed override void Infer(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        Recall(tensors, saved);
        Apply(x, tensors, shape, y, saved);
    }

    internal sealed override void Backward(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    )
    {
        MeasureGradients(x, saved, dy, shape, dscale, dshift);
        ApplyGradients(x, tensors, saved, dy, shape, dx);
    }

    /// <summary>The first part of <see cref="Forward"/>: takes the batch's statistics, and moves the running ones.</summary>
    /// <inheritdoc cref="Normalization.Forward"/>
    internal abstract void Measure(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> saved
    );

    /// <summary>Takes the running statistics in place of a batch's.</summary>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="saved">Where <see cref="Apply"/> looks for them.</param>
    internal abstract void Recall(NormalizationTensors tensors, Span<float> saved);

    /// <summary>The rest of <see cref="Forward"/>, of all rows or of some.</summary>
    /// <inheritdoc cref="Normalization.Forward"/>
    internal abstract void Apply(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    );

    /// <summary>The first part of <see cref="Backward"/>: the sums over the batch.</summary>
    /// <inheritdoc cref="Normalization.Backward"/>
    internal abstract void MeasureGradients(
        ReadOnlySpan<float> x,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dscale,
        Span<float> dshift
    );

    /// <summary>Ends <see cref="MeasureGradients"/>, where another has made the sums.</summary>
    /// <param name="dshift">Those of dy [channels].</param>
    /// <param name="dscale">Those of dy·x̂ [channels].</param>
    /// <param name="positions">Over how many positions they go.</param>
    /// <param name="saved">Where <see cref="ApplyGradients"/> looks for their means.</param>
    internal abstract void SaveMeans(
        ReadOnlySpan<float> dshift,
        ReadOnlySpan<float> dscale,
        int positions,
        Span<float> saved
    );

    /// <summary>The rest of <see cref="Backward"/>, of all rows or of some.</summary>
    /// <inheritdoc cref="Normalization.Backward"/>
    internal abstract void ApplyGradients(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx
    );

    /// <summary>Inference as a line per channel, y = slope·x + offset.</summary>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="slopes">Where to write the slopes [channels].</param>
    /// <param name="offsets">Where to write the offsets [channels].</param>
    internal abstract void Lines(NormalizationTensors tensors, Span<float> slopes, Span<float> offsets);
}
