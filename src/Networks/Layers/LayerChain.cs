using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>
/// Layers one behind the other, with the memory for what flows between them: all outputs stay for the way back. Where nobody looks at
/// the layers, those that can are taken together, and of large inputs such as images a batch goes piece by piece through as many
/// layers as allow it, so that what one writes is in the processor's cache when the next reads it.
/// </summary>
internal sealed class LayerChain
{
    /// <summary>The numbers that stand between the layers in inference: 2 MB.</summary>
    private const int InferenceLength = 512 << 10;

    private const int FewestRows = 8;

    private readonly LayerMemory memory;
    private readonly Route single,
        joined;
    private readonly FloatBuffer[] pieces;
    private FloatBuffer gradient,
        nextGradient;

    /// <param name="descriptions">The layers, at least one; each takes what its predecessor gives.</param>
    /// <param name="memory">What the network's layers share.</param>
    public LayerChain(IReadOnlyList<LayerDescription> descriptions, LayerMemory memory)
    {
        this.memory = memory;
        Step[] steps =
        [
            .. descriptions.Select(description =>
            {
                var layer = NetworkLayer.Create(description, memory);
                return new Step(layer, description, new(checked(memory.LargestBatch * layer.Outputs)));
            }),
        ];
        single = new(steps, (_, _) => false);
        joined = new(Joined(steps, memory), (i, next) => i.TakesPieces && next.TakesPieces);
        gradient = new(Math.Max(checked(memory.LargestBatch * Inputs), steps.Max(step => step.Outputs.Length)));
        nextGradient = new(gradient.Length);
        var widest = joined.Steps.Max(step => step.Layer.Inputs);
        var piece = Math.Max(widest, (int)Math.Min(memory.PieceLength, (long)memory.LargestBatch * widest));
        pieces = [new(piece), new(piece)];
    }

    /// <summary>The values per row that go in.</summary>
    public int Inputs => single.Steps[0].Layer.Inputs;

    /// <summary>The values per row that come out.</summary>
    public int Outputs => single.Steps[^1].Layer.Outputs;

    /// <summary>
    /// The rows with which inference is fastest: what stands between the layers stays in the processor's caches, and the products
    /// don't suffer.
    /// </summary>
    public int RowsInCache =>
        Math.Max(FewestRows, InferenceLength / (Inputs + joined.Steps.Sum(step => step.Layer.Outputs)));

    // Who looks at the layers sees each, with whole batches.
    private Route Current => memory.Observer is null && memory.Editor is null ? joined : single;

    /// <summary>The forward pass of a training step.</summary>
    /// <returns>What comes out [rows, outputs].</returns>
    /// <inheritdoc cref="NetworkLayer.Forward"/>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> x, int rows, int step)
    {
        var route = Current;
        foreach (var group in route.Forward)
        {
            var layer = route.Steps[group.Start].Layer;
            if (layer.LooksAhead)
                layer.BeginForward(route.InputsOf(group.Start, x, 0, rows), rows);
            var size = group.PieceRows(rows, memory.PieceLength);
            for (var first = 0; first < rows; first += size)
            {
                var count = Math.Min(size, rows - first);
                for (var i = group.Start; i < group.End; i++)
                {
                    var y = route.OutputsOf(i, first, count);
                    route.Steps[i].Layer.ForwardPiece(route.InputsOf(i, x, first, count), first, count, step, y);
                    memory.Storage.Round(y);
                }
            }
        }
        return route.OutputsOf(route.Steps.Length - 1, 0, rows);
    }

    /// <summary>The mean square of what went into the last layer in <see cref="Forward"/>.</summary>
    /// <param name="x">What went into the first.</param>
    /// <param name="rows">Rows of the batch.</param>
    public double LastInputSquare(ReadOnlySpan<float> x, int rows)
    {
        var inputs = Current.InputsOf(Current.Steps.Length - 1, x, 0, rows);
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
        var route = Current;
        for (var i = 0; i < route.Steps.Length; i++)
        {
            var y = route.OutputsOf(i, 0, rows);
            route.Steps[i].Layer.Infer(route.InputsOf(i, x, 0, rows), rows, y);
            memory.Storage.Round(y);
            memory.Editor?.Invoke(route.Steps[i].Description, y);
        }
        return route.OutputsOf(route.Steps.Length - 1, 0, rows);
    }

    /// <summary>The backward pass.</summary>
    /// <param name="x">What went into <see cref="Forward"/> last.</param>
    /// <param name="dy">The gradient with respect to what came out of it.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="dx">The gradient with respect to x, or empty when nobody needs it.</param>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, int rows, Span<float> dx)
    {
        var route = Current;
        foreach (var group in route.Backward)
        {
            var (first, last) = (route.Steps[group.Start].Layer, route.Steps[group.End - 1].Layer);
            if (last.LooksAhead)
                last.BeginBackward(route.InputsOf(group.End - 1, x, 0, rows), dy, rows);
            var isInner = group.Start > 0 || (dx.IsEmpty && !first.CanSkipInputGradient);
            var dinputs = isInner ? nextGradient.First(rows * first.Inputs) : dx;
            var size = group.PieceRows(rows, memory.PieceLength);
            for (var row = 0; row < rows; row += size)
                BackwardPiece(route, group, x, dy, row, Math.Min(size, rows - row), dinputs);
            dy = dinputs;
            (gradient, nextGradient) = (nextGradient, gradient);
        }
    }

    /// <summary>The backward pass of a piece through some layers; between them its gradients stand in memory of their own.</summary>
    private void BackwardPiece(
        Route route,
        Group group,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> dy,
        int first,
        int count,
        Span<float> dinputs
    )
    {
        var width = route.Steps[group.End - 1].Layer.Outputs;
        var d = dy.Slice(first * width, count * width);
        for (var i = group.End - 1; i >= group.Start; i--)
        {
            var (layer, description, _) = route.Steps[i];
            var dx =
                i > group.Start ? pieces[i % 2].First(count * layer.Inputs)
                : dinputs.IsEmpty ? dinputs
                : dinputs.Slice(first * layer.Inputs, count * layer.Inputs);
            var inputs = route.InputsOf(i, x, first, count);
            var outputs = route.OutputsOf(i, first, count);
            layer.BackwardPiece(inputs, outputs, d, first, count, dx);
            memory.Storage.Round(dx);
            memory.Observer?.Invoke(description, inputs, outputs, d, dx);
            d = dx;
        }
    }

    internal static Step[] Joined(Step[] single, LayerMemory memory)
    {
        var (steps, i) = (new List<Step>(), 0);
        while (i < single.Length)
        {
            var unit = UnitLayer.TryCreate(single.AsSpan(i), memory);
            var layers = unit?.Layers ?? 1;
            steps.Add(unit is null ? single[i] : single[i + layers - 1] with { Layer = unit });
            i += layers;
        }
        return [.. steps];
    }

    /// <summary>A layer, what it stands for, and where its outputs stand.</summary>
    internal readonly record struct Step(NetworkLayer Layer, LayerDescription Description, FloatBuffer Outputs);

    /// <summary>Layers through which a batch goes piece by piece: Start … End − 1.</summary>
    /// <param name="Start">The first.</param>
    /// <param name="End">One more than the last.</param>
    /// <param name="Length">The numbers that stand before, between and behind them per row.</param>
    private readonly record struct Group(int Start, int End, int Length)
    {
        public int PieceRows(int rows, int pieceLength) =>
            End - Start == 1 ? rows : Math.Clamp(pieceLength / Length, 1, rows);
    }

    /// <summary>The layers of the chain one behind the other, in groups for the way forward, and in other ones for the way back.</summary>
    private sealed class Route
    {
        /// <param name="steps">The layers.</param>
        /// <param name="goTogether">Whether pieces go through a layer and the next one after the other.</param>
        public Route(Step[] steps, Func<NetworkLayer, NetworkLayer, bool> goTogether)
        {
            Steps = steps;
            // A layer that looks ahead is the first of a group on either way.
            Forward = [.. Groups(next => next.Next.LooksAhead)];
            Backward = [.. Groups(next => next.Layer.LooksAhead).Reverse()];

            IEnumerable<Group> Groups(Func<(NetworkLayer Layer, NetworkLayer Next), bool> divides)
            {
                for (int start = 0, end; start < steps.Length; start = end)
                {
                    end = start + 1;
                    while (
                        end < steps.Length
                        && steps[end - 1].Layer is var layer
                        && steps[end].Layer is var next
                        && goTogether(layer, next)
                        && !divides((layer, next))
                    )
                        end++;
                    yield return new(
                        start,
                        end,
                        steps[start].Layer.Inputs + steps[start..end].Sum(step => step.Layer.Outputs)
                    );
                }
            }
        }

        public Step[] Steps { get; }

        public Group[] Forward { get; }

        public Group[] Backward { get; }

        public Span<float> OutputsOf(int step, int first, int rows)
        {
            var width = Steps[step].Layer.Outputs;
            return Steps[step].Outputs.Span.Slice(first * width, rows * width);
        }

        public ReadOnlySpan<float> InputsOf(int step, ReadOnlySpan<float> x, int first, int rows)
        {
            var width = Steps[step].Layer.Inputs;
            return step == 0 ? x.Slice(first * width, rows * width) : OutputsOf(step - 1, first, rows);
        }
    }
}
