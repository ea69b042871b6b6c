using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Normalizations;

namespace Pipeline.Networks.Layers;

/// <summary>A <see cref="Normalization"/> with its scale and shift, and what its backward pass needs from its forward pass.</summary>
internal abstract class NormalizationLayer : NetworkLayer
{
    private readonly FeatureShape shape;
    private readonly FloatBuffer saved;

    /// <param name="description">The description.</param>
    /// <param name="normalization">What it describes.</param>
    /// <param name="memory">What the network's layers share.</param>
    protected NormalizationLayer(NormalizationDescription description, Normalization normalization, LayerMemory memory)
        : base(description)
    {
        (shape, Normalization) = (description.Input, normalization);
        (Scale, ScaleGradient) = Trained($"{description.Name}.weight", 1);
        (Shift, ShiftGradient) = Trained($"{description.Name}.bias", 0);
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

    protected Normalization Normalization { get; }

    /// <summary>γ and its gradient.</summary>
    protected FloatBuffer Scale { get; }

    protected FloatBuffer ScaleGradient { get; }

    /// <summary>β and its gradient.</summary>
    protected FloatBuffer Shift { get; }

    protected FloatBuffer ShiftGradient { get; }

    /// <summary>Makes the layer that a description means.</summary>
    /// <inheritdoc cref="NetworkLayer.Create"/>
    public static NormalizationLayer Create(NormalizationDescription description, LayerMemory memory)
    {
        var (name, arguments) = (description.Operation.Name, description.Operation.ArgumentArray);
        return NormalizationCatalogue.Create(name, arguments) switch
        {
            BatchwiseNormalization batch => new BatchwiseNormalizationLayer(description, batch, memory),
            var other => new RowNormalizationLayer(description, other, memory),
        };
    }

    /// <summary>The shape of so many rows.</summary>
    protected BatchShape ShapeOf(int rows) => new(rows, shape.Pixels, shape.Channels);

    /// <summary>Where the passes of so many rows keep what they need.</summary>
    protected Span<float> Saved(int rows) => saved.First(Normalization.SavedLength(ShapeOf(rows)));
}
