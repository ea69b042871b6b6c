using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>
/// A layer of the managed backend: a forward and a backward pass over up to a largest number of rows, each
/// row-major, images as [pixels, channels]. It owns what it must remember between the two; its inputs and outputs
/// belong to the chain that it is part of.
/// </summary>
internal abstract class NetworkLayer(string name, int inputs, int outputs)
{
    /// <param name="description">The description.</param>
    protected NetworkLayer(LayerDescription description)
        : this(description.Name, description.Input.Values, description.Output.Values) { }

    /// <summary>The layer's dotted name.</summary>
    public string Name => name;

    /// <summary>The values per row that go in.</summary>
    public int Inputs => inputs;

    /// <summary>The values per row that come out.</summary>
    public int Outputs => outputs;

    /// <summary>Whether <see cref="Backward"/> may be asked for no gradient with respect to its inputs, and saves work then.</summary>
    public virtual bool CanSkipInputGradient => false;

    /// <summary>
    /// Whether a batch may go through the layer piece by piece, one after the other; else a piece is the whole batch.
    /// </summary>
    public virtual bool TakesPieces => false;

    /// <summary>Whether <see cref="BeginForward"/> looks at the batch, which then has to be there as a whole.</summary>
    public virtual bool LooksAhead => false;

    /// <summary>Makes the layer that a description means.</summary>
    /// <param name="description">The description.</param>
    /// <param name="memory">What the network's layers share.</param>
    /// <exception cref="ArgumentException">The managed backend has no such layer.</exception>
    public static NetworkLayer Create(LayerDescription description, LayerMemory memory) =>
        description switch
        {
            LinearDescription linear => new LinearLayer(linear, memory),
            ConvolutionDescription convolution => new ConvolutionLayer(convolution, memory),
            NormalizationDescription normalization => NormalizationLayer.Create(normalization, memory),
            ActivationDescription activation => new ActivationLayer(activation),
            PoolingDescription { Kind: Pooling.Max } pooling => new MaxPoolingLayer(pooling, memory),
            PoolingDescription pooling => new AveragePoolingLayer(pooling),
            GlobalAveragePoolingDescription pooling => new GlobalAveragePoolingLayer(pooling),
            FlattenDescription flatten => new FlattenLayer(flatten),
            DropoutDescription dropout => new DropoutLayer(dropout, memory),
            ResidualDescription residual => new ResidualLayer(residual, memory),
            _ => throw new ArgumentException(
                $"The managed backend has no layer for {description.GetType().Name} '{description.Name}'.",
                nameof(description)
            ),
        };

    /// <summary>The forward pass of a training step.</summary>
    /// <param name="x">The layer's inputs [rows, inputs].</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="step">The number of the step, from 1, which random layers draw by.</param>
    /// <param name="y">Its outputs [rows, outputs].</param>
    public void Forward(ReadOnlySpan<float> x, int rows, int step, Span<float> y)
    {
        BeginForward(x, rows);
        ForwardPiece(x, first: 0, rows, step, y);
    }

    /// <summary>Begins the forward pass of a training step, before the batch's pieces go through.</summary>
    /// <param name="x">The layer's inputs [rows, inputs], where it looks ahead.</param>
    /// <param name="rows">Rows of the batch.</param>
    public virtual void BeginForward(ReadOnlySpan<float> x, int rows) { }

    /// <summary>The forward pass of a piece of the batch.</summary>
    /// <param name="x">The layer's inputs [rows, inputs].</param>
    /// <param name="first">The number of the piece's first row in the batch.</param>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="step">The number of the step, from 1, which random layers draw by.</param>
    /// <param name="y">Its outputs [rows, outputs].</param>
    public abstract void ForwardPiece(ReadOnlySpan<float> x, int first, int rows, int step, Span<float> y);

    /// <summary>The forward pass of inference: a row's outputs depend on that row alone.</summary>
    /// <param name="x">The layer's inputs [rows, inputs].</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="y">Its outputs [rows, outputs].</param>
    public abstract void Infer(ReadOnlySpan<float> x, int rows, Span<float> y);

    /// <summary>The backward pass; the gradients of the layer's tensors are written, not added.</summary>
    /// <param name="x">What went into <see cref="Forward"/> last.</param>
    /// <param name="y">What came out of it.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="dx">The gradient with respect to x, or empty when nobody needs it and the layer can skip it.</param>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, int rows, Span<float> dx)
    {
        BeginBackward(x, dy, rows);
        BackwardPiece(x, y, dy, first: 0, rows, dx);
    }

    /// <summary>Begins the backward pass, before the batch's pieces go through.</summary>
    /// <param name="x">The layer's inputs [rows, inputs], where it looks ahead.</param>
    /// <param name="dy">The gradient with respect to its outputs [rows, outputs], where it looks ahead.</param>
    /// <param name="rows">Rows of the batch.</param>
    public virtual void BeginBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows) { }

    /// <summary>
    /// The backward pass of a piece of the batch. Pieces come in order; the first writes the gradients of the layer's tensors, the
    /// others add to them.
    /// </summary>
    /// <param name="x">What went into <see cref="ForwardPiece"/>.</param>
    /// <param name="y">What came out of it.</param>
    /// <param name="dy">The gradient with respect to y.</param>
    /// <param name="first">The number of the piece's first row in the batch.</param>
    /// <param name="rows">Rows of the piece.</param>
    /// <param name="dx">The gradient with respect to x, or empty when nobody needs it and the layer can skip it.</param>
    public abstract void BackwardPiece(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> dy,
        int first,
        int rows,
        Span<float> dx
    );
}
