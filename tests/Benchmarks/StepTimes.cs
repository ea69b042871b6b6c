using System.Diagnostics;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Optimizers;
using Pipeline.Stages.Train;

namespace Pipeline.Benchmarks;

/// <summary>Where the time of a training step goes: each layer's passes, gathering, loss and update, timed one by one.</summary>
internal static class StepTimes
{
    private const int Steps = 300;

    /// <summary>Prints microseconds a step by kind, the largest first.</summary>
    /// <param name="work">The training.</param>
    public static void Print(Work work)
    {
        var root = Directory.CreateTempSubdirectory("pipeline-benchmark-").FullName;
        try
        {
            Time(work, root); // compiles everything
            var ticks = Time(work, root);
            var total = ticks.Values.Sum();
            foreach (var (kind, spent) in ticks.OrderByDescending(entry => entry.Value))
                Console.WriteLine(
                    $"{kind, -44} {spent * 1e6 / Stopwatch.Frequency / Steps, 8:0.0} µs {(double)spent / total, 6:0.0%}"
                );
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static Dictionary<string, long> Time(Work work, string root)
    {
        var folder = new WorkFolder(root, work);
        folder.Write();
        using var data = folder.Open();
        var descriptions = work.Network.Layers();
        var tensors = new NetworkTensors(work.Network.Tensors(), InitialWeights.Create(work.Network, (ulong)work.Seed));
        var memory = new LayerMemory(tensors, work.BatchSize, (ulong)work.Seed);
        var (layers, kinds) = Joined(descriptions, memory);
        var values = layers
            .Select(layer => layer.Outputs)
            .Prepend(work.Network.Input.Values)
            .Select(n => new FloatBuffer(n * work.BatchSize))
            .ToArray();
        var gradients = values.Select(v => new FloatBuffer(v.Length)).ToArray();
        var update = new Update(new(Operation.Of("sgd", work.Momentum)), tensors.Trained.Length);
        var loss = LossCatalogue.Create("softmax_cross_entropy", []);
        var (order, labels, losses) = (
            new int[work.BatchSize * Steps],
            new int[work.BatchSize],
            new float[work.BatchSize]
        );
        for (var i = 0; i < order.Length; i++)
            order[i] = (int)((long)i * 7919 % data.Header.Training);
        // So that no page is touched for the first time.
        for (var i = 0; i < data.Header.Training; i++)
            RowReader.Gather(data, [i], values[0].Span[..data.Header.Features], labels.AsSpan(0, 1));

        var ticks = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var step = 0; step < Steps; step++)
        {
            var rows = order.AsMemory(step * work.BatchSize, work.BatchSize);
            var next = order.AsMemory(Math.Min(step + 1, Steps - 1) * work.BatchSize, work.BatchSize);
            Spend("gather", () => RowReader.Gather(data, rows.Span, values[0].Span, labels, next.Span));
            for (var i = 0; i < layers.Count; i++)
            {
                var at = i;
                Spend(
                    $"{kinds[i]} forward",
                    () => layers[at].Forward(values[at].Span, work.BatchSize, step + 1, values[at + 1].Span)
                );
            }
            Spend(
                "loss",
                () =>
                    loss.Apply(
                        values[^1].Span,
                        labels,
                        work.BatchSize,
                        work.Network.Classes,
                        losses,
                        gradients[^1].Span
                    )
            );
            for (var i = layers.Count - 1; i >= 0; i--)
            {
                var at = i;
                Spend(
                    $"{kinds[i]} backward",
                    () =>
                        layers[at]
                            .Backward(
                                values[at].Span,
                                values[at + 1].Span,
                                gradients[at + 1].Span,
                                work.BatchSize,
                                at == 0 ? default : gradients[at].Span
                            )
                );
            }
            Spend("update", () => update.Step(tensors.Gradients.Span, work.LearningRate, tensors.Trained.Span));
        }
        return ticks;

        void Spend(string kind, Action action)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            ticks[kind] = ticks.GetValueOrDefault(kind) + Stopwatch.GetTimestamp() - start;
        }
    }

    /// <summary>The layers as a chain takes them where nobody looks on, and their kinds.</summary>
    private static (IReadOnlyList<NetworkLayer> Layers, IReadOnlyList<string> Kinds) Joined(
        IReadOnlyList<LayerDescription> descriptions,
        LayerMemory memory
    )
    {
        LayerChain.Step[] steps =
        [
            .. descriptions.Select(layer => new LayerChain.Step(NetworkLayer.Create(layer, memory), layer, default)),
        ];
        NetworkLayer[] layers = [.. LayerChain.Joined(steps, memory).Select(step => step.Layer)];
        var kinds = new string[layers.Length];
        for (var (i, first) = (0, 0); i < layers.Length; i++)
        {
            var end = first + (layers[i] is UnitLayer unit ? unit.Layers : 1);
            kinds[i] = string.Join(", ", steps[first..end].Select(step => Kind(step.Description)));
            first = end;
        }
        return (layers, kinds);
    }

    private static string Kind(LayerDescription layer) =>
        layer.GetType().Name.Replace("Description", "", StringComparison.Ordinal);
}
