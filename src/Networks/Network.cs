using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Optimizers;

namespace Pipeline.Networks;

/// <summary>
/// A network on the managed backend. It owns all memory that training takes, allocated once: a step
/// allocates nothing. The same calls give the same bits on every machine, whatever the largest batch. Not
/// thread-safe; networks share nothing.
/// </summary>
public sealed partial class Network : ITrainableNetwork
{
    private readonly LayerChain chain;
    private readonly NetworkTensors tensors;
    private readonly Loss loss;
    private readonly Storage storage;
    private readonly GradientScale scale;
    private readonly FeatureShape input;
    private readonly string first,
        last;
    private readonly int largestBatch,
        inferredRows,
        frozen;
    private readonly FloatBuffer images,
        losses,
        dlogits;
    private readonly LayerMemory memory;
    private Update update;

    /// <summary>Builds a network.</summary>
    /// <param name="description">Its layers.</param>
    /// <param name="initial">Its tensors at the start, such as <see cref="InitialWeights.Create"/> makes them; they are copied.</param>
    /// <param name="optimizer">How it is trained; the state starts at 0.</param>
    /// <param name="loss">The operation of the loss catalogue that it minimizes.</param>
    /// <param name="largestBatch">The largest number of rows that a step takes, at least 1; inference goes in pieces of no more.</param>
    /// <param name="seed">The seed of dropout masks.</param>
    /// <param name="storage">In what weights, activations and gradients are kept.</param>
    /// <param name="lossScale">The operation of the loss scale catalogue; null for none.</param>
    /// <exception cref="ArgumentException">
    /// A size or setting is out of range, shapes don't fit, an operation is not in its catalogue, or the tensors are not the network's.
    /// </exception>
    public Network(
        NetworkDescription description,
        IReadOnlyList<NamedTensor> initial,
        OptimizerSettings optimizer,
        Operation loss,
        int largestBatch,
        ulong seed = 0,
        Storage storage = Storage.Float32,
        Operation? lossScale = null
    )
    {
        if (largestBatch < 1)
            throw new ArgumentOutOfRangeException(
                nameof(largestBatch),
                largestBatch,
                "The largest batch must hold at least one row."
            );
        (this.largestBatch, this.storage, scale) = (largestBatch, storage, new(lossScale));
        this.loss = LossCatalogue.Create(loss.Name, loss.ArgumentArray);
        var layers = description.Layers();
        (input, first, last) = (description.Input, layers[0].Name, layers[^1].Name);
        tensors = new([.. layers.SelectMany(layer => layer.Tensors())], initial, storage);
        memory = new LayerMemory(tensors, largestBatch, seed) { Storage = storage };
        chain = new(layers, memory);
        inferredRows = description.InfersByBatch ? largestBatch : Math.Min(largestBatch, chain.RowsInCache);
        frozen = tensors.LengthOf(description.FrozenLayers);
        update = new(optimizer, tensors.Trained.Length - frozen);
        images = new(NeedsChannelsLast || storage != Storage.Float32 ? checked(largestBatch * Inputs) : 0);
        losses = new(largestBatch);
        dlogits = new(checked(largestBatch * Classes));
    }

    private int Inputs => chain.Inputs;

    private int Classes => chain.Outputs;

    // Of one channel both layouts are the same.
    private bool NeedsChannelsLast => input.IsImage && input.Channels > 1;

    /// <summary>Whether steps tell <see cref="BatchResult.ActivationSquare"/>.</summary>
    public bool MeasuresActivations { get; init; }

    /// <summary>One step of training: forward, backward, update.</summary>
    /// <param name="inputs">The batch's inputs, row-major [rows, inputs]; images channel after channel.</param>
    /// <param name="labels">Its labels [rows], 0 … classes − 1.</param>
    /// <param name="learningRate">The learning rate, finite and at least 0.</param>
    /// <returns>How the network did on the batch before the update.</returns>
    /// <exception cref="ArgumentException">
    /// The shapes don't fit the network, an input is not finite, a label is out of range, or the batch is too large, or
    /// too small for a normalization.
    /// </exception>
    public BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
    {
        if (!float.IsFinite(learningRate) || learningRate < 0)
            throw new ArgumentOutOfRangeException(
                nameof(learningRate),
                learningRate,
                "A learning rate must be finite and at least 0."
            );
        var result = Differentiate(inputs, labels, dinputs: default);
        var gradients = tensors.Gradients.Span[frozen..];
        scale.Unscale(gradients);
        if (scale.Next(gradients))
        {
            update.Step(gradients, learningRate, tensors.Trained.Span[frozen..]);
            tensors.Store();
        }
        return result;
    }

    /// <summary>
    /// Shows the forward and the backward pass of a training step without its update. Running statistics move as in a
    /// step: look at a copy of a network that is to train on.
    /// </summary>
    /// <param name="inputs">As for <see cref="TrainStep"/>.</param>
    /// <param name="labels">As for <see cref="TrainStep"/>.</param>
    /// <param name="observer">Is shown every layer; its gradients are multiplied by the scale, those returned are not.</param>
    /// <param name="lossScale">By what the gradient of the loss is multiplied; null for <see cref="LossScale"/>.</param>
    /// <returns>
    /// The gradients of the mean loss with respect to the trained tensors, named and laid out as
    /// <see cref="Tensors"/> has these.
    /// </returns>
    /// <exception cref="ArgumentException">As for <see cref="TrainStep"/>.</exception>
    public IReadOnlyList<NamedTensor> Observe(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<int> labels,
        LayerObserver observer,
        float? lossScale = null
    )
    {
        var own = scale.State;
        (memory.Observer, scale.State) = (observer, new(lossScale ?? own.Scale, 0));
        try
        {
            Differentiate(inputs, labels, new float[inputs.Length]);
            scale.Unscale(tensors.Gradients.Span);
            return Gradients();
        }
        finally
        {
            (memory.Observer, scale.State) = (null, own);
        }
    }

    /// <summary>The forward and the backward pass of the coming step, without its update.</summary>
    /// <param name="inputs">As for <see cref="TrainStep"/>.</param>
    /// <param name="labels">As for <see cref="TrainStep"/>.</param>
    /// <param name="dinputs">The gradient of the mean loss with respect to the inputs, or empty when it isn't wanted.</param>
    /// <param name="logits">The logits in training mode, or empty when they aren't wanted.</param>
    internal BatchResult Differentiate(
        ReadOnlySpan<float> inputs,
        ReadOnlySpan<int> labels,
        Span<float> dinputs,
        Span<float> logits = default
    )
    {
        CheckInputs(inputs, labels.Length);
        CheckLabels(labels);
        var rows = labels.Length;
        if (rows < 1 || rows > largestBatch)
            throw new ArgumentException($"A batch has 1 to {largestBatch} rows here, not {rows}.", nameof(labels));
        var x = Stored(inputs, rows);
        var outputs = chain.Forward(x, rows, update.NextStep);
        if (!logits.IsEmpty)
            outputs.CopyTo(logits);
        var dy = dlogits.First(rows * Classes);
        var result = Judge(outputs, labels, rows, dy);
        if (!double.IsFinite(result.LossSum))
            RequireFinite(inputs, rows);
        if (MeasuresActivations)
            result = result with { ActivationSquare = chain.LastInputSquare(x, rows) };
        scale.Apply(dy);
        storage.Round(dy);
        chain.Backward(x, dy, rows, dinputs);
        storage.Round(tensors.Gradients.Span);
        if (NeedsChannelsLast && !dinputs.IsEmpty)
        {
            dinputs.CopyTo(images.Span);
            Layout.ChannelsFirst(images.First(dinputs.Length), rows, input, dinputs);
        }
        return result;
    }

    /// <summary>The gradients of the last step, as <see cref="Tensors"/> has the trained tensors.</summary>
    internal IReadOnlyList<NamedTensor> Gradients() => tensors.CopyGradients();

    /// <summary>How the network does on some rows in inference mode, that is with running statistics.</summary>
    /// <param name="inputs">The rows' inputs, row-major [rows, inputs]; any number of rows.</param>
    /// <param name="labels">Their labels [rows], 0 … classes − 1.</param>
    /// <exception cref="ArgumentException">
    /// The shapes don't fit the network, an input is not finite, or a label is out of range.
    /// </exception>
    public BatchResult Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        CheckInputs(inputs, labels.Length);
        CheckLabels(labels);
        var (lossSum, correct) = (0.0, 0);
        for (var at = 0; at < labels.Length; at += inferredRows)
        {
            var rows = Math.Min(inferredRows, labels.Length - at);
            var part = Judge(
                Infer(inputs.Slice(at * Inputs, rows * Inputs), rows),
                labels.Slice(at, rows),
                rows,
                dlogits: default,
                lossSum
            );
            (lossSum, correct) = (part.LossSum, correct + part.Correct);
        }
        if (!double.IsFinite(lossSum))
            RequireFinite(inputs, labels.Length);
        return new(lossSum, correct, labels.Length);
    }

    /// <summary>The logits of some rows in inference mode.</summary>
    /// <param name="inputs">The rows' inputs, row-major [rows, inputs]; any number of rows.</param>
    /// <param name="logits">Where to write the logits, row-major [rows, classes].</param>
    /// <exception cref="ArgumentException">The shapes don't fit the network.</exception>
    public void Logits(ReadOnlySpan<float> inputs, Span<float> logits)
    {
        var allRows = logits.Length / Classes;
        if (logits.Length % Classes != 0)
            throw new ArgumentException(
                $"The layer {last} gives {Classes} values a row, which {logits.Length} is no multiple of.",
                nameof(logits)
            );
        CheckInputs(inputs, allRows);
        for (var at = 0; at < allRows; at += inferredRows)
        {
            var rows = Math.Min(inferredRows, allRows - at);
            Infer(inputs.Slice(at * Inputs, rows * Inputs), rows).CopyTo(logits[(at * Classes)..]);
        }
    }

    /// <summary>As <see cref="Logits(ReadOnlySpan{float}, Span{float})"/>, while somebody looks at the layers.</summary>
    /// <param name="inputs">As there.</param>
    /// <param name="logits">As there.</param>
    /// <param name="editor">Is shown every layer, from the first to the last, a residual block after what it holds.</param>
    /// <exception cref="ArgumentException">The shapes don't fit the network.</exception>
    public void Logits(ReadOnlySpan<float> inputs, Span<float> logits, LayerEditor editor)
    {
        memory.Editor = editor;
        try
        {
            Logits(inputs, logits);
        }
        finally
        {
            memory.Editor = null;
        }
    }

    /// <summary>A copy of the network's tensors, in the order of <see cref="NetworkDescription.Tensors"/>.</summary>
    public IReadOnlyList<NamedTensor> Tensors() => tensors.Copy();

    private ReadOnlySpan<float> Infer(ReadOnlySpan<float> inputs, int rows) => chain.Infer(Stored(inputs, rows), rows);

    private BatchResult Judge(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<int> labels,
        int rows,
        Span<float> dlogits,
        double lossSum = 0
    )
    {
        var rowLosses = losses.First(rows);
        loss.Apply(logits, labels, rows, Classes, rowLosses, dlogits);
        foreach (var rowLoss in rowLosses)
            lossSum += rowLoss;
        return new(lossSum, Predictions.CountCorrect(logits, labels, rows, Classes), rows);
    }
}
