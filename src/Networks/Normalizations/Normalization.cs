namespace Pipeline.Networks;

/// <summary>A normalization of the features of a batch, such as <c>batch</c> or <c>layer</c>. Matrices are row-major [rows, features].</summary>
[Catalogue("normalization")]
public abstract class Normalization
{
    /// <summary>What is added to a variance before its root is taken, as in PyTorch.</summary>
    internal const float Epsilon = 1e-5f;

    private protected Normalization()
    {
    }

    /// <summary>Whether it has a trained scale and shift per feature.</summary>
    internal abstract bool HasScaleAndShift { get; }

    /// <summary>Whether it tracks a mean and a variance per feature, for inference.</summary>
    internal abstract bool HasRunningStatistics { get; }

    /// <summary>The number of values that <see cref="Forward"/> saves for <see cref="Backward"/>.</summary>
    internal abstract int SavedLength(int rows, int features);

    /// <summary>Normalizes a training batch and moves the running statistics towards the batch's.</summary>
    /// <param name="x">The batch.</param>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="rows">Rows of the batch, at least 1.</param>
    /// <param name="features">Columns of the batch, at least 1.</param>
    /// <param name="y">The normalized batch; not the memory of <paramref name="x"/>.</param>
    /// <param name="saved">What <see cref="Backward"/> needs besides.</param>
    /// <exception cref="ArgumentException">The batch has too few rows for this normalization.</exception>
    internal abstract void Forward(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y, Span<float> saved);

    /// <summary>The gradients of <see cref="Forward"/>.</summary>
    /// <param name="x">What went into <see cref="Forward"/>.</param>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="saved">What <see cref="Forward"/> saved.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="features">Columns of the batch.</param>
    /// <param name="dx">The gradient with respect to x.</param>
    /// <param name="dscale">The gradient with respect to γ.</param>
    /// <param name="dshift">The gradient with respect to β.</param>
    internal abstract void Backward(
        ReadOnlySpan<float> x, NormalizationTensors tensors, ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, int rows, int features,
        Span<float> dx, Span<float> dscale, Span<float> dshift);

    /// <summary>Normalizes rows for inference: with the running statistics where there are some, so that a row's result depends on it alone.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="tensors">The normalization's tensors.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="features">The number of columns.</param>
    /// <param name="y">The normalized rows; not the memory of <paramref name="x"/>.</param>
    internal abstract void Infer(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y);

    /// <summary><see cref="Forward"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void ForwardReference(
        ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y, Span<float> saved);

    /// <summary><see cref="Backward"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void BackwardReference(
        ReadOnlySpan<float> x, NormalizationTensors tensors, ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, int rows, int features,
        Span<float> dx, Span<float> dscale, Span<float> dshift);

    /// <summary><see cref="Infer"/> one number at a time, to the same bits: the reference for tests.</summary>
    internal abstract void InferReference(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y);
}
