using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Layers;

/// <summary>A <see cref="Normalization"/> with its tensors, and what its backward pass needs from its forward pass.</summary>
internal sealed class NormalizationLayer : NetworkLayer
{
    private readonly NormalizationDescription description;
    private readonly Normalization normalization;
    private readonly FloatBuffer scale,
        dscale,
        shift,
        dshift,
        runningMean,
        runningVariance,
        batchMean,
        batchVariance,
        saved;

    /// <param name="description">The description.</param>
    /// <param name="memory">What the network's layers share.</param>
    public NormalizationLayer(NormalizationDescription description, LayerMemory memory)
        : base(description)
    {
        this.description = description;
        var (name, shape, operation, _) = description;
        normalization = NormalizationCatalogue.Create(operation.Name, operation.ArgumentArray);
        (scale, dscale) = Trained($"{name}.weight", 1);
        (shift, dshift) = Trained($"{name}.bias", 0);
        (runningMean, runningVariance) = (
            memory.Tensors.Values($"{name}.running_mean"),
            memory.Tensors.Values($"{name}.running_var")
        );
        // Inference by batch moves no running statistics: those that it makes go where nobody looks.
        var forgotten = description.InfersByBatch ? runningMean.Length : 0;
        (batchMean, batchVariance) = (new(forgotten), new(forgotten));
        saved = new(normalization.SavedLength(ShapeOf(memory.LargestBatch)));

        // What isn't trained is constant, and its gradient goes where nobody looks.
        (FloatBuffer Values, FloatBuffer Gradient) Trained(string tensor, float constant)
        {
            if (memory.Tensors.Values(tensor) is { Length: > 0 } values)
                return (values, memory.Tensors.Gradient(tensor));
            var constants = new FloatBuffer(shape.Channels);
            constants.Span.Fill(constant);
            return (constants, new FloatBuffer(shape.Channels));
        }
    }

    /// <summary>How channels are normalized, where it <see cref="LooksAhead"/>.</summary>
    public NormalizedChannels Channels => new(saved.Span, scale.Span, shift.Span);

    private NormalizationTensors Tensors => new(scale.Span, shift.Span, runningMean.Span, runningVariance.Span);

    public override bool TakesPieces => normalization.MeasuresBatch;

    public override bool LooksAhead => normalization.MeasuresBatch;

    public override void BeginForward(ReadOnlySpan<float> x, int rows)
    {
        Require(rows, "train on");
        normalization.Measure(x, Tensors, ShapeOf(rows), Saved(rows));
    }

    public override void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y) =>
        normalization.Apply(x, Tensors, ShapeOf(rows), y, Saved(rows));

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        if (normalization.MeasuresBatch)
        {
            BeginInfer(x, rows);
            normalization.Apply(x, Tensors, ShapeOf(rows), y, Saved(rows));
        }
        else
        {
            normalization.Infer(x, Tensors, ShapeOf(rows), y, saved.Span);
        }
    }

    /// <summary>
    /// Begins inference, where it <see cref="LooksAhead"/>: what the pieces take are running statistics, or those of
    /// the rows at hand.
    /// </summary>
    /// <param name="x">The layer's inputs [rows, inputs].</param>
    /// <param name="rows">The number of rows.</param>
    public void BeginInfer(ReadOnlySpan<float> x, int rows)
    {
        if (batchMean.Length == 0)
        {
            normalization.Recall(Tensors, saved.Span);
            return;
        }
        Require(rows, "infer by the statistics of");
        var tensors = new NormalizationTensors(scale.Span, shift.Span, batchMean.Span, batchVariance.Span);
        normalization.Measure(x, tensors, ShapeOf(rows), Saved(rows));
    }

    /// <summary>Ends what <see cref="BeginBackward"/> does, where another has made the sums.</summary>
    /// <param name="sums">Four chains of those of dy, then of dy·x̂ [2, 4, channels].</param>
    /// <param name="rows">Rows of the batch.</param>
    public void TakeSums(ReadOnlySpan<float> sums, int rows)
    {
        var channels = description.Input.Channels;
        ColumnSums.OfChains(sums[..(4 * channels)], dshift.Span);
        ColumnSums.OfChains(sums[(4 * channels)..], dscale.Span);
        normalization.SaveMeans(dshift.Span, dscale.Span, ShapeOf(rows).Positions, saved.Span);
    }

    public override void BeginBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows) =>
        normalization.MeasureGradients(x, Saved(rows), dy, ShapeOf(rows), dscale.Span, dshift.Span);

    public override void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    ) => normalization.ApplyGradients(x, Tensors, Saved(rows), dy, ShapeOf(rows), dx, dscale.Span, dshift.Span);

    private Span<float> Saved(int rows) => saved.First(normalization.SavedLength(ShapeOf(rows)));

    private void Require(int rows, string what)
    {
        if (ShapeOf(rows).Positions < normalization.FewestPositions)
            throw new ArgumentException(
                $"The layer {Name} can't {what} a batch of one row of shape {description.Input}: {description.Operation} needs at least "
                    + $"{normalization.FewestPositions} values per channel, so use larger batches.",
                nameof(rows)
            );
    }

    private BatchShape ShapeOf(int rows) => new(rows, description.Input.Pixels, description.Input.Channels);
}
