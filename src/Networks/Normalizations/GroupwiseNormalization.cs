using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;

namespace Pipeline.Networks.Normalizations;

/// <summary>
/// What normalizations of a row have in common. The channels of a row are cut into groups; with <c>g = γ·dy</c>
/// and means over a group's channels and pixels, <c>dx = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε)</c>, without
/// <c>mean(g)</c> where x is not centred; <c>dγ = Σ dy·x̂</c> and <c>dβ = Σ dy</c> over the pixels of a row,
/// then over rows in ascending order.
/// </summary>
/// <remarks>
/// Sums go over the pixels of a channel first, ordered as in <see cref="ColumnSums"/>, then over the channels of a
/// group as in <see cref="Reduce"/>.
/// </remarks>
/// <param name="epsilon">ε, greater than 0 and at most 1.</param>
internal abstract partial class GroupwiseNormalization(double epsilon) : Normalization
{
    /// <summary>ε.</summary>
    protected float Epsilon { get; } = Checked(epsilon);

    /// <summary>Whether the mean is subtracted.</summary>
    private protected virtual bool IsCentered => true;

    /// <summary>Whether sums over features take products by fused multiply-adds.</summary>
    private protected virtual bool FusesProducts => false;

    internal override string? Misfit(FeatureShape shape) =>
        IsCentered && shape.Channels == GroupsOf(shape.Channels) && !shape.IsImage
            ? "a group needs more than one value, since a single value has no variance"
            : null;

    /// <summary>The number of groups into which so many channels are cut.</summary>
    private protected abstract int GroupsOf(int channels);

    /// <summary>
    /// Of images, a row's means and inverse deviations, per channel, row after row, then room for two values per channel. Of
    /// features see <see cref="RowsSavedLength"/>.
    /// </summary>
    internal override int SavedLength(BatchShape shape) =>
        shape.Pixels > 1 ? 2 * (shape.Rows + 1) * shape.Channels : RowsSavedLength(shape);

    internal override void Forward(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        if (shape.Pixels == 1)
        {
            if (FusesProducts)
                ForwardRows<FusedSums>(x, tensors, shape, y, saved);
            else
                ForwardRows<RoundedSums>(x, tensors, shape, y, saved);
            return;
        }
        var (pixels, channels) = (shape.Pixels, shape.Channels);
        for (var i = 0; i < shape.Rows; i++)
        {
            var row = x.Slice(i * pixels * channels, pixels * channels);
            var means = Part(saved, 2 * i, channels);
            var inverses = Part(saved, (2 * i) + 1, channels);
            means.Clear();
            if (IsCentered)
            {
                ColumnSums.Of(row, pixels, channels, means);
                FillMeans(means, pixels);
            }
            ColumnSums.OfSquares(row, means, pixels, channels, inverses);
            FillInverses(inverses, pixels);
            GroupwiseLoops.Normalize(
                row,
                means,
                inverses,
                tensors.Scale,
                tensors.Shift,
                pixels,
                channels,
                y.Slice(i * row.Length, row.Length)
            );
        }
    }

    internal override void Infer(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    ) => Forward(x, tensors, shape, y, saved);

    internal override void Backward(
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
        if (shape.Pixels == 1)
        {
            if (FusesProducts)
                BackwardRows<FusedSums>(x, tensors, saved, dy, shape, dx, dscale, dshift);
            else
                BackwardRows<RoundedSums>(x, tensors, saved, dy, shape, dx, dscale, dshift);
            return;
        }
        var (pixels, channels) = (shape.Pixels, shape.Channels);
        var sums = Part(saved, 2 * shape.Rows, channels);
        var products = Part(saved, (2 * shape.Rows) + 1, channels);
        dscale.Clear();
        dshift.Clear();
        for (var i = 0; i < shape.Rows; i++)
        {
            var at = i * pixels * channels;
            var row = x.Slice(at, pixels * channels);
            var drow = dy.Slice(at, pixels * channels);
            var means = Part(saved, 2 * i, channels);
            var inverses = Part(saved, (2 * i) + 1, channels);
            ColumnSums.OfProducts(row, means, inverses, drow, pixels, channels, sums, products);
            Accumulate(tensors.Scale, sums, products, dscale, dshift);
            FillMeans(sums, pixels);
            FillMeans(products, pixels);
            if (!IsCentered)
                sums.Clear();
            GroupwiseLoops.Differentiate(
                row,
                means,
                inverses,
                tensors.Scale,
                drow,
                sums,
                products,
                pixels,
                channels,
                dx.Slice(at, row.Length)
            );
        }
    }

    internal override void ForwardReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    )
    {
        var (pixels, channels) = (shape.Pixels, shape.Channels);
        for (var i = 0; i < shape.Rows; i++)
        {
            var row = x.Slice(i * pixels * channels, pixels * channels);
            var (means, inverses) = StatisticsReference(row, pixels, channels);
            GroupwiseLoops.NormalizeReference(
                row,
                means,
                inverses,
                tensors.Scale,
                tensors.Shift,
                0,
                pixels,
                channels,
                y.Slice(i * row.Length, row.Length)
            );
        }
    }

    internal override void InferReference(
        ReadOnlySpan<float> x,
        NormalizationTensors tensors,
        BatchShape shape,
        Span<float> y,
        Span<float> saved
    ) => ForwardReference(x, tensors, shape, y, saved);

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
        var (pixels, channels) = (shape.Pixels, shape.Channels);
        var (sums, products) = (new float[channels], new float[channels]);
        dscale.Clear();
        dshift.Clear();
        for (var i = 0; i < shape.Rows; i++)
        {
            var at = i * pixels * channels;
            var row = x.Slice(at, pixels * channels);
            var drow = dy.Slice(at, pixels * channels);
            var (means, inverses) = StatisticsReference(row, pixels, channels);
            for (var j = 0; j < channels; j++)
            {
                sums[j] = ColumnSums.OfOne(drow, j, pixels, channels);
                products[j] = ColumnSums.OfOneProducts(row, means[j], inverses[j], drow, j, pixels, channels);
            }
            Accumulate(tensors.Scale, sums, products, dscale, dshift);
            FillMeans(sums, pixels);
            FillMeans(products, pixels);
            if (!IsCentered)
                Array.Clear(sums);
            GroupwiseLoops.DifferentiateReference(
                row,
                means,
                inverses,
                tensors.Scale,
                drow,
                sums,
                products,
                0,
                pixels,
                channels,
                dx.Slice(at, row.Length)
            );
        }
    }

    private (float[] Means, float[] Inverses) StatisticsReference(ReadOnlySpan<float> row, int pixels, int channels)
    {
        var (means, inverses) = (new float[channels], new float[channels]);
        for (var j = 0; j < channels; j++)
            means[j] = IsCentered ? ColumnSums.OfOne(row, j, pixels, channels) : 0;
        if (IsCentered)
            FillMeans(means, pixels);
        for (var j = 0; j < channels; j++)
            inverses[j] = ColumnSums.OfOneSquares(row, means[j], j, pixels, channels);
        FillInverses(inverses, pixels);
        return (means, inverses);
    }

    private static Span<float> Part(Span<float> saved, int index, int channels) =>
        saved.Slice(index * channels, channels);

    /// <summary>Adds a row's sums to the gradients of γ and β, then turns dy into g in them.</summary>
    private static void Accumulate(
        ReadOnlySpan<float> scale,
        Span<float> sums,
        Span<float> products,
        Span<float> dscale,
        Span<float> dshift
    )
    {
        for (var j = 0; j < sums.Length; j++)
        {
            dshift[j] += sums[j];
            dscale[j] += products[j];
            sums[j] *= scale[j];
            products[j] *= scale[j];
        }
    }

    /// <summary>Replaces sums over pixels by the mean of their group.</summary>
    private void FillMeans(Span<float> sums, int pixels)
    {
        var size = sums.Length / GroupsOf(sums.Length);
        for (var first = 0; first < sums.Length; first += size)
        {
            var group = sums.Slice(first, size);
            group.Fill(Reduce.Sum(group) / (size * pixels));
        }
    }

    /// <summary>Replaces sums of squares over pixels by the inverse deviation of their group.</summary>
    private void FillInverses(Span<float> squares, int pixels)
    {
        FillMeans(squares, pixels);
        for (var j = 0; j < squares.Length; j++)
            squares[j] = 1 / MathF.Sqrt(squares[j] + Epsilon);
    }
}
