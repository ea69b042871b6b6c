using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Networks;

/// <summary>
/// Batch normalization, per feature over the rows of a batch: <c>y = γ·x̂ + β</c>, <c>x̂ = (x − μ)/√(σ² + ε)</c>, with the batch's mean μ and biased
/// variance σ², ε = 1e−5. Inference takes the running statistics instead: each batch moves them by a tenth towards its mean and
/// its unbiased variance. <c>dx = γ/√(σ² + ε)·(dy − dβ/n − x̂·dγ/n)</c>, <c>dγ = Σ dy·x̂</c>, <c>dβ = Σ dy</c>.
/// </summary>
/// <remarks>
/// S. Ioffe, C. Szegedy: Batch normalization: accelerating deep network training by reducing internal covariate shift. ICML 2015; constants as in
/// PyTorch's BatchNorm1d. Sums over rows are ordered as in <see cref="ColumnSums"/>. One loop handles sixteen columns, its twin the columns left over.
/// </remarks>
internal sealed class Batch : Normalization
{
    private const float Momentum = 0.1f;

    internal override bool HasScaleAndShift => true;

    internal override bool HasRunningStatistics => true;

    /// <summary>Means, then inverse standard deviations.</summary>
    internal override int SavedLength(int rows, int features) => 2 * features;

    internal override void Forward(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y, Span<float> saved)
    {
        if (rows < 2)
            throw new ArgumentException("Batch normalization can't train on a batch of one row, which has no variance: use larger batches.", nameof(rows));
        var whole = Lanes.Whole(features);
        ref var x0 = ref MemoryMarshal.GetReference(x[..(rows * features)]);
        ref var y0 = ref MemoryMarshal.GetReference(y[..(rows * features)]);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var mean = ColumnSums.OfSixteen(x, j, rows, features) / rows;
            Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
            for (var i = 0; i < rows; i += 4)
            {
                var at = (nuint)((i * features) + j);
                Add(ref c0, ref x0, at, mean);
                if (i + 1 < rows)
                    Add(ref c1, ref x0, at + (nuint)features, mean);
                if (i + 2 < rows)
                    Add(ref c2, ref x0, at + (2 * (nuint)features), mean);
                if (i + 3 < rows)
                    Add(ref c3, ref x0, at + (3 * (nuint)features), mean);
            }
            var squares = (c0 + c1) + (c2 + c3);
            var inverse = Vector512<float>.One / Vector512.Sqrt((squares / rows) + Vector512.Create(Epsilon));
            mean.CopyTo(saved[j..]);
            inverse.CopyTo(saved[(features + j)..]);
            Moved(Vector512.Create<float>(tensors.RunningMean[j..]), mean).CopyTo(tensors.RunningMean[j..]);
            Moved(Vector512.Create<float>(tensors.RunningVariance[j..]), squares / (rows - 1)).CopyTo(tensors.RunningVariance[j..]);
            var (gamma, beta) = (Vector512.Create(tensors.Scale[j..]), Vector512.Create(tensors.Shift[j..]));
            for (var i = 0; i < rows; i++)
            {
                var at = (nuint)((i * features) + j);
                var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
                Vector512.FusedMultiplyAdd(gamma, normalized, beta).StoreUnsafe(ref y0, at);
            }
        }
        for (var j = whole; j < features; j++)
            ForwardColumn(x, tensors, j, rows, features, y, saved);

        static void Add(ref Vector512<float> sum, ref float x0, nuint at, Vector512<float> mean)
        {
            var difference = Vector512.LoadUnsafe(ref x0, at) - mean;
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        static Vector512<float> Moved(Vector512<float> running, Vector512<float> value) => ((1 - Momentum) * running) + (Momentum * value);
    }

    private static void ForwardColumn(
        ReadOnlySpan<float> x, NormalizationTensors tensors, int j, int rows, int features, Span<float> y, Span<float> saved)
    {
        var mean = ColumnSums.OfOne(x, j, rows, features) / rows;
        Span<float> c = stackalloc float[4];
        c.Clear();
        for (var i = 0; i < rows; i++)
        {
            var difference = x[(i * features) + j] - mean;
            c[i % 4] = float.FusedMultiplyAdd(difference, difference, c[i % 4]);
        }
        var squares = (c[0] + c[1]) + (c[2] + c[3]);
        var inverse = 1 / MathF.Sqrt((squares / rows) + Epsilon);
        saved[j] = mean;
        saved[features + j] = inverse;
        tensors.RunningMean[j] = ((1 - Momentum) * tensors.RunningMean[j]) + (Momentum * mean);
        tensors.RunningVariance[j] = ((1 - Momentum) * tensors.RunningVariance[j]) + (Momentum * (squares / (rows - 1)));
        for (var i = 0; i < rows; i++)
            y[(i * features) + j] = float.FusedMultiplyAdd(tensors.Scale[j], (x[(i * features) + j] - mean) * inverse, tensors.Shift[j]);
    }

    internal override void Backward(
        ReadOnlySpan<float> x, NormalizationTensors tensors, ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, int rows, int features,
        Span<float> dx, Span<float> dscale, Span<float> dshift)
    {
        var whole = Lanes.Whole(features);
        ref var x0 = ref MemoryMarshal.GetReference(x[..(rows * features)]);
        ref var dy0 = ref MemoryMarshal.GetReference(dy[..(rows * features)]);
        ref var dx0 = ref MemoryMarshal.GetReference(dx[..(rows * features)]);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var (mean, inverse) = (Vector512.Create(saved[j..]), Vector512.Create(saved[(features + j)..]));
            Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
            for (var i = 0; i < rows; i += 4)
            {
                var at = (nuint)((i * features) + j);
                Add(ref c0, ref x0, ref dy0, at, mean, inverse);
                if (i + 1 < rows)
                    Add(ref c1, ref x0, ref dy0, at + (nuint)features, mean, inverse);
                if (i + 2 < rows)
                    Add(ref c2, ref x0, ref dy0, at + (2 * (nuint)features), mean, inverse);
                if (i + 3 < rows)
                    Add(ref c3, ref x0, ref dy0, at + (3 * (nuint)features), mean, inverse);
            }
            var dgamma = (c0 + c1) + (c2 + c3);
            var dbeta = ColumnSums.OfSixteen(dy, j, rows, features);
            dgamma.CopyTo(dscale[j..]);
            dbeta.CopyTo(dshift[j..]);
            var (meanOfDy, slope, factor) = (dbeta / rows, dgamma / rows, Vector512.Create(tensors.Scale[j..]) * inverse);
            for (var i = 0; i < rows; i++)
            {
                var at = (nuint)((i * features) + j);
                var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
                var centred = Vector512.LoadUnsafe(ref dy0, at) - meanOfDy;
                (factor * Vector512.FusedMultiplyAdd(-normalized, slope, centred)).StoreUnsafe(ref dx0, at);
            }
        }
        for (var j = whole; j < features; j++)
            BackwardColumn(x, tensors, saved, dy, j, rows, features, dx, dscale, dshift);

        static void Add(ref Vector512<float> sum, ref float x0, ref float dy0, nuint at, Vector512<float> mean, Vector512<float> inverse)
        {
            var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref dy0, at), normalized, sum);
        }
    }

    private static void BackwardColumn(
        ReadOnlySpan<float> x, NormalizationTensors tensors, ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, int j, int rows, int features,
        Span<float> dx, Span<float> dscale, Span<float> dshift)
    {
        var (mean, inverse) = (saved[j], saved[features + j]);
        Span<float> c = stackalloc float[4];
        c.Clear();
        for (var i = 0; i < rows; i++)
            c[i % 4] = float.FusedMultiplyAdd(dy[(i * features) + j], (x[(i * features) + j] - mean) * inverse, c[i % 4]);
        dscale[j] = (c[0] + c[1]) + (c[2] + c[3]);
        dshift[j] = ColumnSums.OfOne(dy, j, rows, features);
        var (meanOfDy, slope, factor) = (dshift[j] / rows, dscale[j] / rows, tensors.Scale[j] * inverse);
        for (var i = 0; i < rows; i++)
        {
            var normalized = (x[(i * features) + j] - mean) * inverse;
            dx[(i * features) + j] = factor * float.FusedMultiplyAdd(-normalized, slope, dy[(i * features) + j] - meanOfDy);
        }
    }

    internal override void Infer(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y)
    {
        var whole = Lanes.Whole(features);
        ref var x0 = ref MemoryMarshal.GetReference(x[..(rows * features)]);
        ref var y0 = ref MemoryMarshal.GetReference(y[..(rows * features)]);
        for (var j = 0; j < whole; j += Lanes.Count)
        {
            var mean = Vector512.Create<float>(tensors.RunningMean[j..]);
            var inverse = Vector512<float>.One / Vector512.Sqrt(Vector512.Create<float>(tensors.RunningVariance[j..]) + Vector512.Create(Epsilon));
            var (gamma, beta) = (Vector512.Create(tensors.Scale[j..]), Vector512.Create(tensors.Shift[j..]));
            for (var i = 0; i < rows; i++)
            {
                var at = (nuint)((i * features) + j);
                var normalized = (Vector512.LoadUnsafe(ref x0, at) - mean) * inverse;
                Vector512.FusedMultiplyAdd(gamma, normalized, beta).StoreUnsafe(ref y0, at);
            }
        }
        for (var j = whole; j < features; j++)
            InferColumn(x, tensors, j, rows, features, y);
    }

    private static void InferColumn(ReadOnlySpan<float> x, NormalizationTensors tensors, int j, int rows, int features, Span<float> y)
    {
        var inverse = 1 / MathF.Sqrt(tensors.RunningVariance[j] + Epsilon);
        for (var i = 0; i < rows; i++)
            y[(i * features) + j] = float.FusedMultiplyAdd(tensors.Scale[j], (x[(i * features) + j] - tensors.RunningMean[j]) * inverse, tensors.Shift[j]);
    }

    internal override void ForwardReference(
        ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y, Span<float> saved)
    {
        for (var j = 0; j < features; j++)
            ForwardColumn(x, tensors, j, rows, features, y, saved);
    }

    internal override void BackwardReference(
        ReadOnlySpan<float> x, NormalizationTensors tensors, ReadOnlySpan<float> saved, ReadOnlySpan<float> dy, int rows, int features,
        Span<float> dx, Span<float> dscale, Span<float> dshift)
    {
        for (var j = 0; j < features; j++)
            BackwardColumn(x, tensors, saved, dy, j, rows, features, dx, dscale, dshift);
    }

    internal override void InferReference(ReadOnlySpan<float> x, NormalizationTensors tensors, int rows, int features, Span<float> y)
    {
        for (var j = 0; j < features; j++)
            InferColumn(x, tensors, j, rows, features, y);
    }
}
