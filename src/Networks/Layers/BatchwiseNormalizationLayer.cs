using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Layers;

/// <summary>A <see cref="BatchwiseNormalization"/>: once the batch's statistics are taken, each row goes by itself.</summary>
internal sealed class BatchwiseNormalizationLayer : NormalizationLayer
{
    private readonly NormalizationDescription description;
    private readonly BatchwiseNormalization normalization;
    private readonly FloatBuffer runningMean,
        runningVariance,
        batchMean,
        batchVariance;

    /// <param name="description">The description.</param>
    /// <param name="normalization">What it describes.</param>
    /// <param name="memory">What the network's layers share.</param>
    public BatchwiseNormalizationLayer(
        NormalizationDescription description,
        BatchwiseNormalization normalization,
        LayerMemory memory
    )
        : base(description, normalization, memory)
    {
        (this.description, this.normalization) = (description, normalization);
        runningMean = memory.Tensors.Values($"{Name}.running_mean");
        runningVariance = memory.Tensors.Values($"{Name}.running_var");
        // Inference by batch moves no running statistics: those that it makes go where nobody looks.
        var forgotten = description.InfersByBatch ? runningMean.Length : 0;
        (batchMean, batchVariance) = (new(forgotten), new(forgotten));
    }

    /// <summary>How channels are normalized.</summary>
    public NormalizedChannels Channels => new(Saved(rows: 1), Scale.Span, Shift.Span);

    private NormalizationTensors Tensors => new(Scale.Span, Shift.Span, runningMean.Span, runningVariance.Span);

    public override bool TakesPieces => true;

    public override bool LooksAhead => true;

    public override void BeginForward(ReadOnlySpan<float> x, int rows)
    {
        Require(rows, "train on");
        normalization.Measure(x, Tensors, ShapeOf(rows), Saved(rows));
    }

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        normalization.Apply(x, Tensors, ShapeOf(rows), y, Saved(rows));

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        BeginInfer(x, rows);
        normalization.Apply(x, Tensors, ShapeOf(rows), y, Saved(rows));
    }

    /// <summary>Begins inference: what the pieces take are running statistics, or those of the rows at hand.</summary>
    /// <param name="x">The layer's inputs [rows, inputs].</param>
    /// <param name="rows">The number of rows.</param>
    public void BeginInfer(ReadOnlySpan<float> x, int rows)
    {
        if (!description.InfersByBatch)
        {
            normalization.Recall(Tensors, Saved(rows));
            return;
        }
        Require(rows, "infer by the statistics of");
        var tensors = new NormalizationTensors(Scale.Span, Shift.Span, batchMean.Span, batchVariance.Span);
        normalization.Measure(x, tensors, ShapeOf(rows), Saved(rows));
    }

    public override void BeginBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows) =>
        normalization.MeasureGradients(x, Saved(rows), dy, ShapeOf(rows), ScaleGradient.Span, ShiftGradient.Span);

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    ) => normalization.ApplyGradients(x, Tensors, Saved(rows), dy, ShapeOf(rows), dx);

    /// <summary>Ends what <see cref="BeginBackward"/> does, where another has made the sums.</summary>
    /// <param name="sums">Four chains of those of dy, then of dy·x̂ [2, 4, channels].</param>
    /// <param name="rows">Rows of the batch.</param>
    public void TakeSums(ReadOnlySpan<float> sums, int rows)
    {
        var channels = description.Input.Channels;
        ColumnSums.OfChains(sums[..(4 * channels)], ShiftGradient.Span);
        ColumnSums.OfChains(sums[(4 * channels)..], ScaleGradient.Span);
        normalization.SaveMeans(ShiftGradient.Span, ScaleGradient.Span, ShapeOf(rows).Positions, Saved(rows));
    }

    private void Require(int rows, string what)
    {
        if (ShapeOf(rows).Positions < normalization.FewestPositions)
            throw new ArgumentException(
                $"The layer {Name} can't {what} a batch of one row of shape {description.Input}: {description.Operation} needs at least "
                    + $"{normalization.FewestPositions} values per channel, so use larger batches.",
                nameof(rows)
            );
    }
}
