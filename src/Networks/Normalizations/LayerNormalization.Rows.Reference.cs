namespace Pipeline.Networks.Normalizations;

internal sealed partial class LayerNormalization
{
    private void ForwardRowsReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y
    )
    {
        var (rows, features) = (shape.Rows, shape.Channels);
        for (var i = 0; i < rows; i++)
        {
            var (mean, inverse) = StatisticsReference(x.Slice(i * features, features));
            NormalizeReference(x, tensors, mean, inverse, i, features, y);
        }
    }

    private (float Mean, float Inverse) StatisticsReference(ReadOnlySpan<float> x)
    {
        Span<float> lanes = stackalloc float[Lanes.Count];
        lanes.Clear();
        for (var j = 0; j < x.Length; j++)
            lanes[j % Lanes.Count] += x[j];
        var mean = Lanes.SumReference(lanes) / x.Length;
        lanes.Clear();
        for (var j = 0; j < x.Length; j++)
            lanes[j % Lanes.Count] = float.FusedMultiplyAdd(x[j] - mean, x[j] - mean, lanes[j % Lanes.Count]);
        return (mean, 1 / MathF.Sqrt((Lanes.SumReference(lanes) / x.Length) + Epsilon));
    }

    private static void NormalizeReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        float mean,
        float inverse,
        int i,
        int features,
        Span<float> y
    )
    {
        for (var j = 0; j < features; j++)
            y[(i * features) + j] = float.FusedMultiplyAdd(
                tensors.Scale[j],
                (x[(i * features) + j] - mean) * inverse,
                tensors.Shift[j]
            );
    }

    private void BackwardRowsReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        ReadOnlySpan<float> dy,
        BatchShape shape,
        Span<float> dx,
        Span<float> dscale,
        Span<float> dshift
    )
    {
        var (rows, features) = (shape.Rows, shape.Channels);
        Span<float> sumOfG = stackalloc float[Lanes.Count];
        Span<float> sumOfGx = stackalloc float[Lanes.Count];
        dscale.Clear();
        dshift.Clear();
        for (var i = 0; i < rows; i++)
        {
            var (mean, inverse) = StatisticsReference(x.Slice(i * features, features));
            sumOfG.Clear();
            sumOfGx.Clear();
            for (var j = 0; j < features; j++)
            {
                var (lane, d) = (j % Lanes.Count, dy[(i * features) + j]);
                var normalized = (x[(i * features) + j] - mean) * inverse;
                sumOfG[lane] += tensors.Scale[j] * d;
                sumOfGx[lane] = float.FusedMultiplyAdd(tensors.Scale[j] * d, normalized, sumOfGx[lane]);
                dscale[j] = float.FusedMultiplyAdd(d, normalized, dscale[j]);
                dshift[j] += d;
            }
            var (meanOfG, meanOfGx) = (Lanes.SumReference(sumOfG) / features, Lanes.SumReference(sumOfGx) / features);
            for (var j = 0; j < features; j++)
            {
                var normalized = (x[(i * features) + j] - mean) * inverse;
                var centred = (tensors.Scale[j] * dy[(i * features) + j]) - meanOfG;
                dx[(i * features) + j] = float.FusedMultiplyAdd(-normalized, meanOfGx, centred) * inverse;
            }
        }
    }
}
