using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>
/// Layers one behind the other, with the memory for what flows between them: all outputs stay for the way back. Where nobody looks at the layers,
/// those that can are taken together, and of large inputs such as images a batch goes piece by piece through as many layers as allow it, so that
/// what one writes is in the processor's cache when the next reads it.
/// </summary>
internal sealed class LayerChain
{
    private readonly LayerMemory memory;
    private readonly Step[] single,
        joined;
    private readonly FloatBuffer[] pieces;
    private FloatBuffer gradient,
        nextGradient;

    /// <param name="descriptions">The layers, at least one; each takes what its predecessor gives.</param>
    /// <param name="memory">What the network's layers share.</param>
    public LayerChain(IReadOnlyList<LayerDescription> descriptions, LayerMemory memory)
    {
        this.memory = memory;
        single =
        [
            .. descriptions.Select(description =>
            {
                var layer = NetworkLayer.Create(description, memory);
                return new Step(layer, description, new(checked(memory.LargestBatch * layer.Outputs)));
            }),
        ];
        joined = [.. Joined()];
        gradient = new(Math.Max(checked(memory.LargestBatch * Inputs), single.Max(step => step.Outputs.Length)));
        nextGradient = new(gradient.Length);
        var widest = joined.Max(step => step.Layer.Inputs);
        var piece = Math.Max(widest, (int)Math.Min(memory.PieceLength, (long)memory.LargestBatch * widest));
        pieces = [new(piece), new(piece)];
    }

    /// <summary>The values per row that go in.</summary>
    public int Inputs => single[0].Layer.Inputs;

    /// <summary>The values per row that come out.</summary>
    public int Outputs => single[^1].Layer.Outputs;

    // Who looks at the layers sees each, with whole batches.
    private Step[] Steps => IsWatched ? single : joined;

    private bool IsWatched => memory.Observer is not null || memory.Editor is not null;

    /// <summary>The forward pass of a training step.</summary>
    /// <returns>What comes out [rows, outputs].</returns>
    /// <inheritdoc cref="NetworkLayer.Forward"/>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> x, int rows, int step)
    {
        var steps = Steps;
        for (int start = 0, end; start < steps.Length; start = end)
        {
            steps[start].Layer.BeginForward(InputsOf(start, x, 0, rows), rows);
            end = start + 1;
            while (end < steps.Length && GoTogether(end - 1, end) && !steps[end].Layer.LooksAhead)
                end++;
            var size = PieceRows(start, end, rows);
            for (var first = 0; first < rows; first += size)
            {
                var count = Math.Min(size, rows - first);
                for (var i = start; i < end; i++)
                {
                    var y = OutputsOf(i, first, count);
                    steps[i].Layer.ForwardPiece(InputsOf(i, x, first, count), first, count, step, y);
                    memory.Storage.Round(y);
                }
            }
        }
        return OutputsOf(steps.Length - 1, 0, rows);
    }

    /// <summary>The mean square of what went into the last layer in <see cref="Forward"/>.</summary>
    /// <param name="x">What went into the first.</param>
    /// <param name="rows">Rows of the batch.</param>
    public double LastInputSquare(ReadOnlySpan<float> x, int rows)
    {
        var inputs = InputsOf(Steps.Length - 1, x, 0, rows);
        var width = inputs.Length / rows;
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
        var steps = Steps;
        for (var i = 0; i < steps.Length; i++)
        {
            var y = OutputsOf(i, 0, rows);
            steps[i].Layer.Infer(InputsOf(i, x, 0, rows), rows, y);
            memory.Storage.Round(y);
            memory.Editor?.Invoke(steps[i].Description, y);
        }
        return OutputsOf(steps.Length - 1, 0, rows);
    }

    /// <summary>The backward pass.</summary>
    /// <param name="x">What went into <see cref="Forward"/> last.</param>
    /// <param name="dy">The gradient with respect to what came out of it.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="dx">The gradient with respect to x, or empty when nobody needs it.</param>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows, Span<float> dx)
    {
        var steps = Steps;
        for (int end = steps.Length, start; end > 0; end = start)
        {
            steps[end - 1].Layer.BeginBackward(InputsOf(end - 1, x, 0, rows), dy, rows);
            start = end - 1;
            while (start > 0 && GoTogether(start - 1, start) && !steps[start - 1].Layer.LooksAhead)
                start--;
            var layer = steps[start].Layer;
            var isInner = start > 0 || (dx.IsEmpty && !layer.CanSkipInputGradient);
            var dinputs = isInner ? nextGradient.First(rows * layer.Inputs) : dx;
            var size = PieceRows(start, end, rows);
            for (var first = 0; first < rows; first += size)
                BackwardPiece(start, end, x, dy, first, Math.Min(size, rows - first), dinputs);
            dy = dinputs;
            (gradient, nextGradient) = (nextGradient, gradient);
        }
    }

    /// <summary>The backward pass of a piece through layers start … end − 1; between them its gradients stand in memory of their own.</summary>
    private void BackwardPiece(
        int start,
        int end,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dy,
        int first,
        int count,
        Span<float> dinputs
    )
    {
        var steps = Steps;
        var width = steps[end - 1].Layer.Outputs;
        var d = dy.Slice(first * width, count * width);
        for (var i = end - 1; i >= start; i--)
        {
            var (layer, description, _) = steps[i];
            var dx =
                i > start ? pieces[i % 2].First(count * layer.Inputs)
                : dinputs.IsEmpty ? dinputs
                : dinputs.Slice(first * layer.Inputs, count * layer.Inputs);
            var inputs = InputsOf(i, x, first, count);
            var outputs = OutputsOf(i, first, count);
            layer.BackwardPiece(inputs, outputs, d, first, count, dx);
            memory.Storage.Round(dx);
            memory.Observer?.Invoke(description, inputs, outputs, d, dx);
            d = dx;
        }
    }

    private List<Step> Joined()
    {
        var (steps, i) = (new List<Step>(), 0);
        while (i < single.Length)
        {
            var unit = PooledUnitLayer.TryCreate(single.AsSpan(i), memory);
            steps.Add(unit is null ? single[i] : single[i + PooledUnitLayer.Layers - 1] with { Layer = unit });
            i += unit is null ? 1 : PooledUnitLayer.Layers;
        }
        return steps;
    }

    private bool GoTogether(int i, int next) =>
        !IsWatched && joined[i].Layer.TakesPieces && joined[next].Layer.TakesPieces;

    private int PieceRows(int start, int end, int rows)
    {
        if (end - start == 1)
            return rows;
        var length = joined[start].Layer.Inputs;
        for (var i = start; i < end; i++)
            length += joined[i].Layer.Outputs;
        return Math.Clamp(memory.PieceLength / length, 1, rows);
    }

    private Span<float> OutputsOf(int step, int first, int rows)
    {
        var (layer, _, outputs) = Steps[step];
        return outputs.Span.Slice(first * layer.Outputs, rows * layer.Outputs);
    }

    private ReadOnlySpan<float> InputsOf(int step, ReadOnlySpan<float> x, int first, int rows) =>
        step == 0 ? x.Slice(first * Inputs, rows * Inputs) : OutputsOf(step - 1, first, rows);

    /// <summary>A layer, what it stands for, and where its outputs stand.</summary>
    internal readonly record struct Step(NetworkLayer Layer, LayerDescription Description, FloatBuffer Outputs);
}
