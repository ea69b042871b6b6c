using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Pipeline.Numerics;

namespace Pipeline.Networks.Normalizations;

internal sealed partial class LayerNormalization
{
    private void ForwardRows(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        var (rows, features) = (shape.Rows, shape.Channels);
        for (var i = 0; i < rows; i++)
            (saved[2 * i], saved[(2 * i) + 1]) = ForwardRow(x, tensors, i * features, features, y);
    }

    private void InferRows(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        var (rows, features) = (shape.Rows, shape.Channels);
        for (var i = 0; i < rows; i++)
            ForwardRow(x, tensors, i * features, features, y);
    }

    private (float Mean, float Inverse) ForwardRow(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        int start,
        int features,
        Span<float> y
    )
    {
        var (whole, rest) = (Lanes.Whole(features), features - Lanes.Whole(features));
        var sums = Sum(x.Slice(start, whole));
        if (rest > 0)
            sums += Lanes.LoadFirst(x, start + whole, rest, Vector512<float>.Zero);
        var mean = Reduce.SumLanes(sums) / features;
        var means = Vector512.Create(mean);

        var squares = SumOfSquares(x.Slice(start, whole), means);
        if (rest > 0)
        {
            var difference = Lanes.LoadFirst(x, start + whole, rest, means) - means;
            squares = Vector512.FusedMultiplyAdd(difference, difference, squares);
        }
        var inverse = 1 / MathF.Sqrt((Reduce.SumLanes(squares) / features) + Epsilon);
        var inverses = Vector512.Create(inverse);

        Normalize(
            x.Slice(start, whole),
            means,
            inverses,
            tensors.Scale[..whole],
            tensors.Shift[..whole],
            y.Slice(start, whole)
        );
        if (rest > 0)
        {
            var normalized = (Lanes.LoadFirst(x, start + whole, rest, means) - means) * inverses;
            var scale = Lanes.LoadFirst(tensors.Scale, whole, rest, Vector512<float>.Zero);
            var shift = Lanes.LoadFirst(tensors.Shift, whole, rest, Vector512<float>.Zero);
            Lanes.StoreFirst(Vector512.FusedMultiplyAdd(scale, normalized, shift), rest, y, start + whole);
        }
        return (mean, inverse);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> Sum(ReadOnlySpan<float> x)
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        var sum = Vector512<float>.Zero;
        for (nuint j = 0; j < (nuint)x.Length; j += Lanes.Count)
            sum += Vector512.LoadUnsafe(ref x0, j);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<float> SumOfSquares(ReadOnlySpan<float> x, Vector512<float> means)
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        var sum = Vector512<float>.Zero;
        for (nuint j = 0; j < (nuint)x.Length; j += Lanes.Count)
        {
            var difference = Vector512.LoadUnsafe(ref x0, j) - means;
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalize(
        ReadOnlySpan<float> x,
        Vector512<float> means,
        Vector512<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> shift,
        Span<float> y
    )
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var scale0 = ref MemoryMarshal.GetReference(scale);
        ref var shift0 = ref MemoryMarshal.GetReference(shift);
        ref var y0 = ref MemoryMarshal.GetReference(y);
        for (nuint j = 0; j < (nuint)x.Length; j += Lanes.Count)
        {
            var normalized = (Vector512.LoadUnsafe(ref x0, j) - means) * inverses;
            Vector512
                .FusedMultiplyAdd(Vector512.LoadUnsafe(ref scale0, j), normalized, Vector512.LoadUnsafe(ref shift0, j))
                .StoreUnsafe(ref y0, j);
        }
    }

    private static void BackwardRows(
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
        var (rows, features) = (shape.Rows, shape.Channels);
        dscale.Clear();
        dshift.Clear();
        for (var i = 0; i < rows; i++)
            BackwardRow(x, tensors, saved[2 * i], saved[(2 * i) + 1], dy, i * features, features, dx, dscale, dshift);
    }

    private static void BackwardRow(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        float mean,
        float inverse,
        ReadOnlySpan<float> dy,
        int start,
        int features,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    )
    {
        var (whole, rest) = (Lanes.Whole(features), features - Lanes.Whole(features));
        var (zero, means, inverses) = (Vector512<float>.Zero, Vector512.Create(mean), Vector512.Create(inverse));
        var xWhole = x.Slice(start, whole);
        var dyWhole = dy.Slice(start, whole);
        var scaleWhole = tensors.Scale[..whole];

        var (sumOfG, sumOfGx) = AddGradients(xWhole, means, inverses, scaleWhole, dyWhole, dscale, dshift);
        if (rest > 0)
        {
            var normalized = (Lanes.LoadFirst(x, start + whole, rest, means) - means) * inverses;
            var d = Lanes.LoadFirst(dy, start + whole, rest, zero);
            var g = Lanes.LoadFirst(tensors.Scale, whole, rest, zero) * d;
            sumOfG += g;
            sumOfGx = Vector512.FusedMultiplyAdd(g, normalized, sumOfGx);
            Lanes.StoreFirst(
                Vector512.FusedMultiplyAdd(d, normalized, Lanes.LoadFirst(dscale, whole, rest, zero)),
                rest,
                dscale,
                whole
            );
            Lanes.StoreFirst(Lanes.LoadFirst(dshift, whole, rest, zero) + d, rest, dshift, whole);
        }
        var meanOfG = Vector512.Create(Reduce.SumLanes(sumOfG) / features);
        var meanOfGx = Vector512.Create(Reduce.SumLanes(sumOfGx) / features);

        Denormalize(xWhole, means, inverses, scaleWhole, dyWhole, meanOfG, meanOfGx, dx.Slice(start, whole));
        if (rest > 0)
        {
            var normalized = (Lanes.LoadFirst(x, start + whole, rest, means) - means) * inverses;
            var g = Lanes.LoadFirst(tensors.Scale, whole, rest, zero) * Lanes.LoadFirst(dy, start + whole, rest, zero);
            Lanes.StoreFirst(
                Vector512.FusedMultiplyAdd(-normalized, meanOfGx, g - meanOfG) * inverses,
                rest,
                dx,
                start + whole
            );
        }
    }

    /// <summary>Adds a row to the gradients of scale and shift, and sums g and g·x̂.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector512<float> SumOfG, Vector512<float> SumOfGx) AddGradients(
        ReadOnlySpan<float> x,
        Vector512<float> means,
        Vector512<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy,
        Span<float> dscale,
        Span<float> dshift
    )
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var scale0 = ref MemoryMarshal.GetReference(scale);
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var dscale0 = ref MemoryMarshal.GetReference(dscale[..x.Length]);
        ref var dshift0 = ref MemoryMarshal.GetReference(dshift[..x.Length]);
        var (sumOfG, sumOfGx) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (nuint j = 0; j < (nuint)x.Length; j += Lanes.Count)
        {
            var normalized = (Vector512.LoadUnsafe(ref x0, j) - means) * inverses;
            var d = Vector512.LoadUnsafe(ref dy0, j);
            var g = Vector512.LoadUnsafe(ref scale0, j) * d;
            sumOfG += g;
            sumOfGx = Vector512.FusedMultiplyAdd(g, normalized, sumOfGx);
            Vector512.FusedMultiplyAdd(d, normalized, Vector512.LoadUnsafe(ref dscale0, j)).StoreUnsafe(ref dscale0, j);
            (Vector512.LoadUnsafe(ref dshift0, j) + d).StoreUnsafe(ref dshift0, j);
        }
        return (sumOfG, sumOfGx);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Denormalize(
        ReadOnlySpan<float> x,
        Vector512<float> means,
        Vector512<float> inverses,
        ReadOnlySpan<float> scale,
        ReadOnlySpan<float> dy,
        Vector512<float> meanOfG,
        Vector512<float> meanOfGx,
        Span<float> dx
    )
    {
        ref var x0 = ref MemoryMarshal.GetReference(x);
        ref var scale0 = ref MemoryMarshal.GetReference(scale);
        ref var dy0 = ref MemoryMarshal.GetReference(dy);
        ref var dx0 = ref MemoryMarshal.GetReference(dx);
        for (nuint j = 0; j < (nuint)x.Length; j += Lanes.Count)
        {
            var normalized = (Vector512.LoadUnsafe(ref x0, j) - means) * inverses;
            var g = Vector512.LoadUnsafe(ref scale0, j) * Vector512.LoadUnsafe(ref dy0, j);
            (Vector512.FusedMultiplyAdd(-normalized, meanOfGx, g - meanOfG) * inverses).StoreUnsafe(ref dx0, j);
        }
    }
}
