using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// A normalization of a batch, such as <c>batch</c> or <c>layer</c>. A batch is row-major [rows, pixels, channels];
/// features are channels of one pixel.
/// </summary>
[Catalogue("normalization")]
public abstract class Normalization
{
    private protected Normalization() { }

    /// <summary>Whether it multiplies by γ.</summary>
    internal virtual bool HasScale => true;

    /// <summary>Whether it adds β.</summary>
    internal virtual bool HasShift => true;

    /// <summary>Whether it tracks a mean and a variance per channel, for inference.</summary>
    internal virtual bool HasRunningStatistics => false;

    /// <summary>The fewest values per channel that a batch for training may have.</summary>
    internal virtual int FewestPositions => 1;

    /// <summary>Why it can't be applied to a shape, as the end of a sentence, or null.</summary>
    internal virtual string? Misfit(FeatureShape shape) => null;

    /// <summary>The number of values that <see cref="Forward"/> saves for <see cref="Backward"/>.</summary>
    internal abstract int SavedLength(BatchShape shape);

    /// <summary>Normalizes a training batch and moves the running statistics towards the batch's.</summary>
    /// <param name="x">The batch.</param>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="shape">The shape of the batch.</param>
    /// <param name="y">The normalized batch; not the memory of <paramref name="x"/>.</param>
    /// <param name="saved">What <see cref="Backward"/> needs besides, and room for it to work in.</param>
    internal abstract void Forward(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    );

    /// <summary>The gradients of <see cref="Forward"/>.</summary>
    /// <param name="x">What went into <see cref="Forward"/>.</param>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="saved">What <see cref="Forward"/> saved.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="shape">The shape of the batch.</param>
    /// <param name="dx">The gradient with respect to x.</param>
    /// <param name="dscale">The gradient with respect to γ [channels].</param>
    /// <param name="dshift">The gradient with respect to β [channels].</param>
    internal abstract void Backward(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    );

    /// <summary>
    /// Normalizes rows for inference: with the running statistics where there are some, so that a
    /// row's result depends on it alone.
    /// </summary>
    /// <param name="x">The rows.</param>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="y">The normalized rows; not the memory of <paramref name="x"/>.</param>
    /// <param name="saved">Room to work in.</param>
    internal abstract void Infer(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    );

    /// <summary><see cref="Forward"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void ForwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    );

    /// <summary><see cref="Backward"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void BackwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    );

    /// <summary><see cref="Infer"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void InferReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    );

    /// <summary>An ε in range, as float32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    private protected static float Checked(double epsilon) =>
        (float)epsilon is > 0 and <= 1 and var single
            ? single
            : throw new ArgumentOutOfRangeException(
                nameof(epsilon),
                epsilon,
                "The epsilon of a normalization must be greater than 0, as a float32 too, and at most 1."
            );
}
