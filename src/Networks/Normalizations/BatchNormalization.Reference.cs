namespace Pipeline.Networks.Normalizations;

internal sealed partial class BatchNormalization
{
    internal override void ForwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        var (rows, features) = (shape.Positions, shape.Channels);
        for (var j = 0; j < features; j++)
        {
            MeasureColumn(x, tensors, j, rows, features, saved);
            ApplyToColumn(x, tensors, j, rows, features, y, saved);
        }
    }

    internal override void BackwardReference(
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
        var (rows, features) = (shape.Positions, shape.Channels);
        for (var j = 0; j < features; j++)
        {
            dscale[j] = ColumnSums.OfOneProducts(x, saved[j], saved[features + j], dy, j, rows, features);
            dshift[j] = ColumnSums.OfOne(dy, j, rows, features);
        }
        SaveMeans(dshift, dscale, rows, saved);
        for (var j = 0; j < features; j++)
            ApplyGradientsToColumn(x, tensors, saved, dy, j, rows, features, dx);
    }

    internal override void InferReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        Recall(tensors, saved);
        for (var j = 0; j < shape.Channels; j++)
            ApplyToColumn(x, tensors, j, shape.Positions, shape.Channels, y, saved);
    }
}
