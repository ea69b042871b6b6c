using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// Batch normalization, per channel over all rows and pixels of a batch: <c>y = γ·x̂ + β</c>,
/// <c>x̂ = (x − μ)/√(σ² + ε)</c>, with the batch's mean μ and biased variance σ². Inference takes the running
/// statistics instead: each batch moves them by the momentum towards its mean and its unbiased variance.
/// <c>dx = γ/√(σ² + ε)·(dy − dβ/n − x̂·dγ/n)</c>, <c>dγ = Σ dy·x̂</c>, <c>dβ = Σ dy</c>.
/// </summary>
/// <remarks>
/// S. Ioffe, C. Szegedy: Batch normalization: accelerating deep network training by reducing internal covariate shift.
/// ICML 2015; as PyTorch's BatchNorm1d and BatchNorm2d. Sums over rows are ordered as in <see cref="ColumnSums"/>. One
/// loop handles sixteen columns, its twin the columns left over.
/// </remarks>
/// <param name="momentum">The share of a batch's statistics in the running ones, greater than 0 and at most 1.</param>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal sealed partial class BatchNormalization(double momentum = 0.1, double epsilon = 1e-5) : BatchwiseNormalization
{
    private readonly float momentum = momentum is > 0 and <= 1
        ? (float)momentum
        : throw new ArgumentOutOfRangeException(
            nameof(momentum),
            momentum,
            "The momentum of batch must be greater than 0 and at most 1."
        );

    private readonly float epsilon = Checked(epsilon);

    internal override int FewestPositions => 2;

    /// <summary>Means and inverse standard deviations; then the means of dy and of dy·x̂.</summary>
    internal override int SavedLength(BatchShape shape) => 4 * shape.Channels;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Measure(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> saved
    )
    {
        var (rows, features) = (shape.Positions, shape.Channels);
        var whole = Lanes.Whole(features);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var mean = ColumnSums.OfSixteen(x, j, rows, features) / rows;
            var squares = ColumnSums.OfSixteenSquares(x, mean, j, rows, features);
            mean.CopyTo(saved[j..]);
            (Vector512<float>.One / Vector512.Sqrt((squares / rows) + Vector512.Create(epsilon))).CopyTo(
                saved[(features + j)..]
            );
            Moved(Vector512.Create<float>(tensors.RunningMean[j..]), mean).CopyTo(tensors.RunningMean[j..]);
            Moved(Vector512.Create<float>(tensors.RunningVariance[j..]), squares / (rows - 1))
                .CopyTo(tensors.RunningVariance[j..]);
        }
        for (var j = whole; j < features; j++)
            MeasureColumn(x, tensors, j, rows, features, saved);

        Vector512<float> Moved(Vector512<float> running, Vector512<float> value) =>
            ((1 - momentum) * running) + (momentum * value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Apply(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        var (rows, features) = (shape.Positions, shape.Channels);
        var whole = Lanes.Whole(features);
        ref var x0 = ref MemoryMarshal.GetReference(x[..(rows * features)]);
        ref var y0 = ref MemoryMarshal.GetReference(y[..(rows * features)]);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var (mean, inverse) = (
                Vector512.Create<float>(saved[j..]),
                Vector512.Create<float>(saved[(features + j)..])
            );
            var (gamma, beta) = (Vector512.Create(tensors.Scale[j..]), Vector512.Create(tensors.Shift[j..]));
            for (var i = 0; i < rows; i++)
            {
                var at = (nuint)((i * features) + j);
                var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
                Vector512.FusedMultiplyAdd(gamma, normalized, beta).StoreUnsafe(ref y0, at);
            }
        }
        for (var j = whole; j < features; j++)
            ApplyToColumn(x, tensors, j, rows, features, y, saved);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void MeasureGradients(
        ReadOnlySpan<float> x,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dscale,
        Span<float> dshift
    )
    {
        var (positions, channels) = (shape.Positions, shape.Channels);
        ColumnSums.OfProducts(x, saved[..channels], saved[channels..], dy, positions, channels, dshift, dscale);
        SaveMeans(dshift, dscale, positions, saved);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void ApplyGradients(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx
    )
    {
        var (rows, features) = (shape.Positions, shape.Channels);
        var whole = Lanes.Whole(features);
        ref var x0 = ref MemoryMarshal.GetReference(x[..(rows * features)]);
        ref var dy0 = ref MemoryMarshal.GetReference(dy[..(rows * features)]);
        ref var dx0 = ref MemoryMarshal.GetReference(dx[..(rows * features)]);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var (mean, inverse) = (
                Vector512.Create<float>(saved[j..]),
                Vector512.Create<float>(saved[(features + j)..])
            );
            var (meanOfDy, slope) = (
                Vector512.Create<float>(saved[((2 * features) + j)..]),
                Vector512.Create<float>(saved[((3 * features) + j)..])
            );
            var factor = Vector512.Create(tensors.Scale[j..]) * inverse;
            for (var i = 0; i < rows; i++)
            {
                var at = (nuint)((i * features) + j);
                var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
                var centred = Vector512.LoadUnsafe(ref dy0, at) - meanOfDy;
                (factor * Vector512.FusedMultiplyAdd(-normalized, slope, centred)).StoreUnsafe(ref dx0, at);
            }
        }
        for (var j = whole; j < features; j++)
            ApplyGradientsToColumn(x, tensors, saved, dy, j, rows, features, dx);
    }

    internal override void Lines(NormalizationTensors tensors, Span<float> slopes, Span<float> offsets)
    {
        for (var j = 0; j < slopes.Length; j++)
        {
            slopes[j] = tensors.Scale[j] / MathF.Sqrt(tensors.RunningVariance[j] + epsilon);
            offsets[j] = float.FusedMultiplyAdd(-tensors.RunningMean[j], slopes[j], tensors.Shift[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Recall(NormalizationTensors tensors, Span<float> saved)
    {
        var channels = tensors.RunningMean.Length;
        tensors.RunningMean.CopyTo(saved);
        for (var j = 0; j < channels; j++)
            saved[channels + j] = 1 / MathF.Sqrt(tensors.RunningVariance[j] + epsilon);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void SaveMeans(
        ReadOnlySpan<float> dshift,
        ReadOnlySpan<float> dscale,
        int positions,
        Span<float> saved
    )
    {
        var channels = dshift.Length;
        var j = 0;
        for (; j < Lanes.Whole(channels); j += Lanes.Count)
        {
            (Vector512.Create(dshift[j..]) / positions).CopyTo(saved[((2 * channels) + j)..]);
            (Vector512.Create(dscale[j..]) / positions).CopyTo(saved[((3 * channels) + j)..]);
        }
        for (; j < channels; j++)
            (saved[(2 * channels) + j], saved[(3 * channels) + j]) = (dshift[j] / positions, dscale[j] / positions);
    }

    private void MeasureColumn(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        int j,
        int rows,
        int features,
        Span<float> saved
    )
    {
        var mean = ColumnSums.OfOne(x, j, rows, features) / rows;
        var squares = ColumnSums.OfOneSquares(x, mean, j, rows, features);
        saved[j] = mean;
        saved[features + j] = 1 / MathF.Sqrt((squares / rows) + epsilon);
        tensors.RunningMean[j] = ((1 - momentum) * tensors.RunningMean[j]) + (momentum * mean);
        tensors.RunningVariance[j] =
            ((1 - momentum) * tensors.RunningVariance[j]) + (momentum * (squares / (rows - 1)));
    }

    private static void ApplyToColumn(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        int j,
        int rows,
        int features,
        Span<float> y,
        ReadOnlySpan<float> saved
    )
    {
        for (var i = 0; i < rows; i++)
            y[(i * features) + j] = float.FusedMultiplyAdd(
                tensors.Scale[j],
                (x[(i * features) + j] - saved[j]) * saved[features + j],
                tensors.Shift[j]
            );
    }

    private static void ApplyGradientsToColumn(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        ReadOnlySpan<float> saved,
        ReadOnlySpan<float> dy,
        int j,
        int rows,
        int features,
        Span<float> dx
    )
    {
        var (mean, inverse) = (saved[j], saved[features + j]);
        var (meanOfDy, slope) = (saved[(2 * features) + j], saved[(3 * features) + j]);
        for (var i = 0; i < rows; i++)
        {
            var normalized = (x[(i * features) + j] - mean) * inverse;
            dx[(i * features) + j] =
                tensors.Scale[j]
                * inverse
                * float.FusedMultiplyAdd(-normalized, slope, dy[(i * features) + j] - meanOfDy);
        }
    }
}
