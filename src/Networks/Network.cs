using Pipeline.Numerics;

namespace Pipeline.Networks;

/// <summary>
/// A network on the managed backend. It owns all memory that training takes, allocated once: a step allocates nothing. The same calls give the same
/// bits on every machine, whatever the largest batch. Not thread-safe; networks share nothing. A NaN among the inputs shows in the loss.
/// </summary>
public sealed class Network
{
    private readonly NetworkLayer[] layers;
    private readonly NetworkTensors tensors;
    private readonly Optimizer optimizer;
    private readonly Loss loss;
    private readonly int largestBatch;
    private readonly FloatBuffer state;
    private readonly FloatBuffer losses;
    private readonly FloatBuffer[] outputs;
    private FloatBuffer gradient, nextGradient;
    private int steps;

    /// <summary>Builds a network.</summary>
    /// <param name="description">Its layers.</param>
    /// <param name="initial">Its tensors at the start, such as <see cref="InitialWeights.Create"/> makes them; they are copied.</param>
    /// <param name="optimizer">The operation of the optimizer catalogue that trains it; its state starts at 0.</param>
    /// <param name="loss">The operation of the loss catalogue that it minimizes.</param>
    /// <param name="largestBatch">The largest number of rows that a step takes, at least 1; inference goes in pieces of as many.</param>
    /// <exception cref="ArgumentException">A size is out of range, an operation is not in its catalogue, or the tensors are not the network's.</exception>
    public Network(NetworkDescription description, IReadOnlyList<NamedTensor> initial, Operation optimizer, Operation loss, int largestBatch)
    {
        if (largestBatch < 1)
            throw new ArgumentOutOfRangeException(nameof(largestBatch), largestBatch, "The largest batch must hold at least one row.");
        this.largestBatch = largestBatch;
        this.optimizer = OptimizerCatalogue.Create(optimizer.Name, optimizer.ArgumentArray);
        this.loss = LossCatalogue.Create(loss.Name, loss.ArgumentArray);
        tensors = new(description.Tensors(), initial);
        var workspace = new GemmWorkspace();
        layers = [.. description.Layers().Select(layer => NetworkLayer.Create(layer, tensors, largestBatch, workspace))];
        outputs = Array.ConvertAll(layers, layer => new FloatBuffer(checked(largestBatch * layer.Outputs)));
        gradient = new(outputs.Max(output => output.Length));
        nextGradient = new(gradient.Length);
        state = new(checked(this.optimizer.StatePerParameter * tensors.Trained.Length));
        losses = new(largestBatch);
    }

    private int Inputs => layers[0].Inputs;

    private int Classes => layers[^1].Outputs;

    /// <summary>One step of training: forward, backward, update.</summary>
    /// <param name="inputs">The batch's inputs, row-major [rows, inputs].</param>
    /// <param name="labels">Its labels [rows], 0 … classes − 1.</param>
    /// <param name="learningRate">The learning rate, finite and at least 0.</param>
    /// <returns>How the network did on the batch before the update.</returns>
    /// <exception cref="ArgumentException">
    /// The shapes don't fit the network, a label is out of range, or the batch is too large, or too small for a normalization.
    /// </exception>
    public BatchResult TrainStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, float learningRate)
    {
        if (!float.IsFinite(learningRate) || learningRate < 0)
            throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "A learning rate must be finite and at least 0.");
        CheckInputs(inputs, labels.Length);
        CheckLabels(labels);
        var rows = labels.Length;
        if (rows < 1 || rows > largestBatch)
            throw new ArgumentException($"A batch has 1 to {largestBatch} rows here, not {rows}.", nameof(labels));
        for (var i = 0; i < layers.Length; i++)
            layers[i].Forward(InputsOf(i, inputs, rows), rows, OutputsOf(i, rows));
        var result = Judge(labels, rows, gradient.First(rows * Classes));
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var dx = i == 0 ? default : nextGradient.First(rows * layers[i].Inputs);
            layers[i].Backward(InputsOf(i, inputs, rows), OutputsOf(i, rows), gradient.First(rows * layers[i].Outputs), rows, dx);
            (gradient, nextGradient) = (nextGradient, gradient);
        }
        optimizer.Step(tensors.Gradients.Span, learningRate, ++steps, state.Span, tensors.Trained.Span);
        return result;
    }

    /// <summary>How the network does on some rows in inference mode, that is with running statistics.</summary>
    /// <param name="inputs">The rows' inputs, row-major [rows, inputs]; any number of rows.</param>
    /// <param name="labels">Their labels [rows], 0 … classes − 1.</param>
    /// <exception cref="ArgumentException">The shapes don't fit the network, or a label is out of range.</exception>
    public BatchResult Evaluate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        CheckInputs(inputs, labels.Length);
        CheckLabels(labels);
        var (lossSum, correct) = (0.0, 0);
        for (var first = 0; first < labels.Length; first += largestBatch)
        {
            var rows = Math.Min(largestBatch, labels.Length - first);
            Infer(inputs.Slice(first * Inputs, rows * Inputs), rows);
            var part = Judge(labels.Slice(first, rows), rows, dlogits: default, lossSum);
            (lossSum, correct) = (part.LossSum, correct + part.Correct);
        }
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
            throw new ArgumentException($"The layer {layers[^1].Name} gives {Classes} values a row, which {logits.Length} is no multiple of.", nameof(logits));
        CheckInputs(inputs, allRows);
        for (var first = 0; first < allRows; first += largestBatch)
        {
            var rows = Math.Min(largestBatch, allRows - first);
            Infer(inputs.Slice(first * Inputs, rows * Inputs), rows);
            OutputsOf(layers.Length - 1, rows).CopyTo(logits[(first * Classes)..]);
        }
    }

    /// <summary>A copy of the network's tensors, in the order of <see cref="NetworkDescription.Tensors"/>.</summary>
    public IReadOnlyList<NamedTensor> Tensors() => tensors.Copy();

    private void Infer(ReadOnlySpan<float> inputs, int rows)
    {
        for (var i = 0; i < layers.Length; i++)
            layers[i].Infer(InputsOf(i, inputs, rows), rows, OutputsOf(i, rows));
    }

    private BatchResult Judge(ReadOnlySpan<int> labels, int rows, Span<float> dlogits, double lossSum = 0)
    {
        var logits = OutputsOf(layers.Length - 1, rows);
        var rowLosses = losses.First(rows);
        loss.Apply(logits, labels, rows, Classes, rowLosses, dlogits);
        foreach (var rowLoss in rowLosses)
            lossSum += rowLoss;
        return new(lossSum, Predictions.CountCorrect(logits, labels, rows, Classes), rows);
    }

    private Span<float> OutputsOf(int layer, int rows) => outputs[layer].First(rows * layers[layer].Outputs);

    private ReadOnlySpan<float> InputsOf(int layer, ReadOnlySpan<float> inputs, int rows) => layer == 0 ? inputs : OutputsOf(layer - 1, rows);

    private void CheckInputs(ReadOnlySpan<float> inputs, int rows)
    {
        if (inputs.Length != (long)rows * Inputs)
        {
            throw new ArgumentException(
                $"The layer {layers[0].Name} takes inputs of shape [{rows}, {Inputs}], but {inputs.Length} values were given.", nameof(inputs));
        }
    }

    private void CheckLabels(ReadOnlySpan<int> labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)Classes)
                throw new ArgumentException($"The label of row {i} is {labels[i]}, but the layer {layers[^1].Name} has classes 0 to {Classes - 1}.", nameof(labels));
        }
    }
}
