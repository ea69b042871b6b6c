using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;

namespace Pipeline.Stages.Train;

/// <summary>
/// A copy of a trained network on the managed backend, whoever trained it, to be changed and measured. What costs time is done when it
/// is asked for, once.
/// </summary>
internal sealed class NetworkCopy
{
    private readonly RunSettings settings;
    private readonly TrainedNetwork trained;
    private readonly float[] trainingInputs;
    private readonly Func<int, int, int> endOfBatch;
    private readonly Lazy<float[]> logits,
        foldedLogits;
    private readonly Lazy<(NetworkDescription Description, IReadOnlyList<NamedTensor> Tensors)> folded;
    private readonly Lazy<IReadOnlyDictionary<string, (float Low, float High)>> ranges;

    /// <param name="settings">The run.</param>
    /// <param name="trained">The network and the test split.</param>
    /// <param name="trainingInputs">The first training rows [rows, inputs].</param>
    /// <param name="endOfBatch">Where a batch of an evaluation ends that begins at a row, of so many rows in all.</param>
    public NetworkCopy(
        RunSettings settings,
        TrainedNetwork trained,
        float[] trainingInputs,
        Func<int, int, int> endOfBatch
    )
    {
        (this.settings, this.trained, this.trainingInputs, this.endOfBatch) = (
            settings,
            trained,
            trainingInputs,
            endOfBatch
        );
        folded = new(() => Folding.Fold(trained.Description, trained.Tensors));
        logits = new(() => Infer(trained.Description, trained.Tensors, trained.TestInputs, null));
        foldedLogits = new(() => Infer(Folded, folded.Value.Tensors, trained.TestInputs, null));
        ranges = new(MeasureRanges);
    }

    /// <summary>The network's layers.</summary>
    public NetworkDescription Description => trained.Description;

    /// <summary>Its layers once batch normalizations are folded into the layers before them, see <see cref="Folding"/>.</summary>
    public NetworkDescription Folded => folded.Value.Description;

    /// <summary>The logits of the test split [rows, classes].</summary>
    public float[] Logits => logits.Value;

    /// <summary>Those of the folded network.</summary>
    public float[] FoldedLogits => foldedLogits.Value;

    /// <summary>The smallest and the largest value that each activation gives on the first training rows, by the layer's name.</summary>
    public IReadOnlyDictionary<string, (float Low, float High)> Ranges => ranges.Value;

    /// <summary>The logits of the test split, where the values behind each activation are changed first.</summary>
    /// <param name="change">Gets the layer's name and its values.</param>
    public float[] LogitsWith(Action<string, Span<float>> change) =>
        Infer(trained.Description, trained.Tensors, trained.TestInputs, OfActivations(change));

    private static LayerEditor OfActivations(Action<string, Span<float>> look) =>
        (layer, y) =>
        {
            if (layer is ActivationDescription)
                look(layer.Name, y);
        };

    private Dictionary<string, (float Low, float High)> MeasureRanges()
    {
        var found = new Dictionary<string, (float Low, float High)>(StringComparer.Ordinal);
        Infer(trained.Description, trained.Tensors, trainingInputs, OfActivations(Widen));
        return found;

        void Widen(string layer, Span<float> y)
        {
            var (low, high) = found.GetValueOrDefault(layer, (y[0], y[0]));
            foreach (var value in y)
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            found[layer] = (low, high);
        }
    }

    private float[] Infer(
        NetworkDescription description,
        IReadOnlyList<NamedTensor> tensors,
        float[] inputs,
        LayerEditor? editor
    )
    {
        var (features, classes) = (description.Input.Values, description.Classes);
        var rows = inputs.Length / features;
        var (ends, largest) = (new List<int> { 0 }, 1);
        while (ends[^1] < rows)
        {
            ends.Add(endOfBatch(ends[^1], rows));
            largest = Math.Max(largest, ends[^1] - ends[^2]);
        }
        // It infers only: the optimizer and the loss have no say.
        var network = new Network(
            description,
            tensors,
            settings.Optimizer,
            settings.Loss,
            largest,
            storage: settings.Storage
        );
        var result = new float[rows * classes];
        for (var i = 1; i < ends.Count; i++)
        {
            var x = inputs.AsSpan((ends[i - 1] * features)..(ends[i] * features));
            var y = result.AsSpan((ends[i - 1] * classes)..(ends[i] * classes));
            if (editor is null)
                network.Logits(x, y);
            else
                network.Logits(x, y, editor);
        }
        return result;
    }
}
