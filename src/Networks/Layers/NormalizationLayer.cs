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

    private NormalizationTensors Tensors => new(scale.Span, shift.Span, runningMean.Span, runningVariance.Span);

    public override void Forward(ReadOnlySpan<float> x, int rows, int step, Span<float> y)
    {
        var shape = ShapeOf(rows);
        Require(rows, "train on");
        normalization.Forward(x, Tensors, shape, y, saved.First(normalization.SavedLength(shape)));
    }

    public override void Infer(ReadOnlySpan<float> x, int rows, Span<float> y)
    {
        var shape = ShapeOf(rows);
        if (batchMean.Length == 0)
        {
            normalization.Infer(x, Tensors, shape, y, saved.Span);
            return;
        }
        Require(rows, "infer by the statistics of");
        var tensors = new NormalizationTensors(scale.Span, shift.Span, batchMean.Span, batchVariance.Span);
        normalization.Forward(x, tensors, shape, y, saved.First(normalization.SavedLength(shape)));
    }

    public override void Backward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int rows,
        Span<float> dx
    )
    {
        var shape = ShapeOf(rows);
        normalization.Backward(
            x,
            Tensors,
            saved.First(normalization.SavedLength(shape)),
            dy,
            shape,
            dx,
            dscale.Span,
            dshift.Span
        );
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

    private BatchShape ShapeOf(int rows) => new(rows, description.Input.Pixels, description.Input.Channels);
}
