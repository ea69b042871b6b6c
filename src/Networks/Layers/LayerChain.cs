using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>Layers one behind the other, with the memory for what flows between them: all outputs stay for the way back.</summary>
internal sealed class LayerChain
{
    private readonly IReadOnlyList<LayerDescription> descriptions;
    private readonly LayerMemory memory;
    private readonly NetworkLayer[] layers;
    private readonly FloatBuffer[] outputs;
    private FloatBuffer gradient,
        nextGradient;

    /// <param name="descriptions">The layers, at least one; each takes what its predecessor gives.</param>
    /// <param name="memory">What the network's layers share.</param>
    public LayerChain(IReadOnlyList<LayerDescription> descriptions, LayerMemory memory)
    {
        (this.descriptions, this.memory) = (descriptions, memory);
        layers = [.. descriptions.Select(layer => NetworkLayer.Create(layer, memory))];
        outputs = Array.ConvertAll(layers, layer => new FloatBuffer(checked(memory.LargestBatch * layer.Outputs)));
        gradient = new(Math.Max(checked(memory.LargestBatch * Inputs), outputs.Max(output => output.Length)));
        nextGradient = new(gradient.Length);
    }

    /// <summary>The values per row that go in.</summary>
    public int Inputs => layers[0].Inputs;

    /// <summary>The values per row that come out.</summary>
    public int Outputs => layers[^1].Outputs;

    /// <summary>The forward pass of a training step.</summary>
    /// <returns>What comes out [rows, outputs].</returns>
    /// <inheritdoc cref="NetworkLayer.Forward"/>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> x, int rows, int step)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Forward(InputsOf(i, x, rows), rows, step, OutputsOf(i, rows));
            memory.Storage.Round(OutputsOf(i, rows));
        }
        return OutputsOf(layers.Length - 1, rows);
    }

    /// <summary>The mean square of what went into the last layer in <see cref="Forward"/>.</summary>
    /// <param name="x">What went into the first.</param>
    /// <param name="rows">Rows of the batch.</param>
    public double LastInputSquare(ReadOnlySpan<float> x, int rows)
    {
        var inputs = InputsOf(layers.Length - 1, x, rows);
        var width = layers[^1].Inputs;
        var squares = 0.0;
        for (var row = 0; row < rows; row++)
            squares += Reduce.SumOfSquares(inputs.Slice(row * width, width));
        return squares / inputs.Length;
    }

    /// <summary>The forward pass of inference.</summary>
    /// <returns>What comes out [rows, outputs].</returns>
    /// <inheritdoc cref="NetworkLayer.Infer"/>
    public ReadOnlySpan<float> Infer(ReadOnlySpan<float> x, int rows)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Infer(InputsOf(i, x, rows), rows, OutputsOf(i, rows));
            memory.Storage.Round(OutputsOf(i, rows));
            memory.Editor?.Invoke(descriptions[i], OutputsOf(i, rows));
        }
        return OutputsOf(layers.Length - 1, rows);
    }

    /// <summary>The backward pass.</summary>
    /// <param name="x">What went into <see cref="Forward"/> last.</param>
    /// <param name="dy">The gradient with respect to what came out of it.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="dx">The gradient with respect to x, or empty when nobody needs it.</param>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows, Span<float> dx)
    {
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            var isInner = i > 0 || (dx.IsEmpty && !layers[i].CanSkipInputGradient);
            var dinputs = isInner ? nextGradient.First(rows * layers[i].Inputs) : dx;
            layers[i].Backward(InputsOf(i, x, rows), OutputsOf(i, rows), dy, rows, dinputs);
            memory.Storage.Round(dinputs);
            memory.Observer?.Invoke(descriptions[i], InputsOf(i, x, rows), OutputsOf(i, rows), dy, dinputs);
            dy = dinputs;
            (gradient, nextGradient) = (nextGradient, gradient);
        }
    }

    private Span<float> OutputsOf(int layer, int rows) => outputs[layer].First(rows * layers[layer].Outputs);

    private ReadOnlySpan<float> InputsOf(int layer, ReadOnlySpan<float> x, int rows) =>
        layer == 0 ? x : OutputsOf(layer - 1, rows);
}
