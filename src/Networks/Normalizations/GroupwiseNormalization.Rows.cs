using System.Runtime.Intrinsics;

namespace Pipeline.Networks.Normalizations;

/// <summary>Features: each group of a row is a row of its own, and up to sixteen go through each loop together.</summary>
internal abstract partial class GroupwiseNormalization
{
    /// <summary>Where statistics begin in what is saved: before them is room for two sums of a block.</summary>
    private const int Statistics = 2 * RowLoops.Sums;

    /// <summary>Room for sums; then, group after group, the means of each block of rows and their inverse deviations.</summary>
    private int RowsSavedLength(BatchShape shape) =>
        Statistics + (2 * GroupsOf(shape.Channels) * Lanes.Whole(shape.Rows + RowLoops.Rows - 1));

    private void ForwardRows<TSums>(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
        where TSums : struct, IRowSums
    {
        var size = shape.Channels / GroupsOf(shape.Channels);
        Span<float> scaleRest = stackalloc float[Lanes.Count];
        Span<float> shiftRest = stackalloc float[Lanes.Count];
        var sums = saved[..RowLoops.Sums];
        var statistics = saved[Statistics..];
        for (var feature = 0; feature < shape.Channels; feature += size)
        {
            var scale = tensors.Scale.Slice(feature, size);
            var shift = tensors.Shift.Slice(feature, size);
            scale[Lanes.Whole(size)..].CopyTo(scaleRest);
            shift[Lanes.Whole(size)..].CopyTo(shiftRest);
            for (var first = 0; first < shape.Rows; first += RowLoops.Rows)
            {
                var (whole, rest) = Parts(shape, first, size);
                var start = (first * shape.Channels) + feature;
                var inputs = x[start..shape.Length];
                var outputs = y[start..shape.Length];
                var means = statistics[..RowLoops.Rows];
                var inverses = statistics.Slice(RowLoops.Rows, RowLoops.Rows);
                means.Clear();
                if (IsCentered)
                {
                    RowLoops.Add(whole, inputs, sums);
                    RowLoops.Add(rest, inputs, sums);
                    RowLoops.Average(sums, size).CopyTo(means);
                }
                RowLoops.AddSquares<WholeVectors, TSums>(whole, inputs, means, sums);
                RowLoops.AddSquares<RestOfRow, TSums>(rest, inputs, means, sums);
                var variances = RowLoops.Average(sums, size) + Vector512.Create(Epsilon);
                (Vector512<float>.One / Vector512.Sqrt(variances)).CopyTo(inverses);
                RowLoops.Normalize(whole, inputs, means, inverses, scale, shift, outputs);
                RowLoops.Normalize(rest, inputs, means, inverses, scaleRest, shiftRest, outputs);
                statistics = statistics[(2 * RowLoops.Rows)..];
            }
        }
    }

    private void BackwardRows<TSums>(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        Span<float> saved,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    )
        where TSums : struct, IRowSums
    {
        var size = shape.Channels / GroupsOf(shape.Channels);
        Span<float> scaleRest = stackalloc float[Lanes.Count];
        Span<float> dscaleRest = stackalloc float[Lanes.Count];
        Span<float> dshiftRest = stackalloc float[Lanes.Count];
        var g = saved[..RowLoops.Sums];
        var gx = saved.Slice(RowLoops.Sums, RowLoops.Sums);
        var statistics = saved[Statistics..];
        for (var feature = 0; feature < shape.Channels; feature += size)
        {
            var scale = tensors.Scale.Slice(feature, size);
            var dgamma = dscale.Slice(feature, size);
            var dbeta = dshift.Slice(feature, size);
            scale[Lanes.Whole(size)..].CopyTo(scaleRest);
            dgamma.Clear();
            dbeta.Clear();
            dscaleRest.Clear();
            dshiftRest.Clear();
            for (var first = 0; first < shape.Rows; first += RowLoops.Rows)
            {
                var (whole, rest) = Parts(shape, first, size);
                var start = (first * shape.Channels) + feature;
                var inputs = x[start..shape.Length];
                var doutputs = dy[start..shape.Length];
                var dinputs = dx[start..shape.Length];
                var means = statistics[..RowLoops.Rows];
                var inverses = statistics.Slice(RowLoops.Rows, RowLoops.Rows);
                RowLoops.AddGradients<WholeVectors, TSums>(
                    whole,
                    inputs,
                    means,
                    inverses,
                    scale,
                    doutputs,
                    dgamma,
                    dbeta,
                    g,
                    gx
                );
                RowLoops.AddGradients<RestOfRow, TSums>(
                    rest,
                    inputs,
                    means,
                    inverses,
                    scaleRest,
                    doutputs,
                    dscaleRest,
                    dshiftRest,
                    g,
                    gx
                );
                (IsCentered ? RowLoops.Average(g, size) : Vector512<float>.Zero).CopyTo(g);
                RowLoops.Average(gx, size).CopyTo(gx);
                RowLoops.Differentiate(whole, inputs, means, inverses, scale, doutputs, g, gx, dinputs);
                RowLoops.Differentiate(rest, inputs, means, inverses, scaleRest, doutputs, g, gx, dinputs);
                statistics = statistics[(2 * RowLoops.Rows)..];
            }
            dscaleRest[..(size % Lanes.Count)].CopyTo(dgamma[Lanes.Whole(size)..]);
            dshiftRest[..(size % Lanes.Count)].CopyTo(dbeta[Lanes.Whole(size)..]);
        }
    }

    private static (WholeVectors, RestOfRow) Parts(BatchShape shape, int first, int size)
    {
        var rows = Math.Min(RowLoops.Rows, shape.Rows - first);
        return (new(rows, size, shape.Channels), new(rows, size, shape.Channels));
    }
}
