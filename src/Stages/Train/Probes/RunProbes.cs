using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>
/// What a run measures inside its network, at the moments that it names. Training gives the same
/// bits with and without it.
/// </summary>
internal sealed class RunProbes
{
    // More rows tell no more, and take longer.
    private const int MostRows = 128;
    private const int MostUpdates = 8;

    private readonly RunSettings settings;
    private readonly Probe[] probes;
    private readonly float[] inputs;
    private readonly int[] labels;
    private readonly List<LayerProbe> results = [];
    private readonly Queue<Moment> open = [];
    private IReadOnlyList<NamedTensor>? first;

    /// <param name="settings">The run.</param>
    /// <param name="data">Prepared data: the first training rows, unchanged by augmentation, are the probe batch.</param>
    public RunProbes(RunSettings settings, PreparedData data)
    {
        this.settings = settings;
        probes = [.. settings.Probes.Select(call => ProbeCatalogue.Create(call.Name, [.. call.Arguments]))];
        var rows = Enumerable.Range(0, probes.Length == 0 ? 0 : Math.Min(MostRows, data.Header.Training)).ToArray();
        (inputs, labels) = (new float[rows.Length * data.Header.Features], new int[rows.Length]);
        RowReader.Gather(data, rows, inputs, labels);
    }

    /// <summary>Looks at the network after some epochs, 0 being before training, if the run asks for it then.</summary>
    /// <param name="epoch">The number of epochs done.</param>
    /// <param name="network">The network.</param>
    public void AfterEpoch(int epoch, ITrainableNetwork network)
    {
        if (epoch == 0 && Array.Exists(probes, probe => probe.NeedsFirstWeights))
            first = network.Tensors();
        if (probes.Length == 0 || !settings.ProbeEpochs(epoch))
            return;
        open.Enqueue(Look(epoch, network.LossScale, [network.Tensors()]));
        if (!Array.Exists(probes, probe => probe.NeedsUpdates))
            Close();
    }

    /// <summary>Looks at the weights after a training step, where a probe wants them.</summary>
    public void AfterStep(ITrainableNetwork network)
    {
        if (open.Count == 0)
            return;
        var tensors = network.Tensors();
        foreach (var moment in open)
            moment.Weights.Add(tensors);
        if (open.Peek().Weights.Count > MostUpdates)
            Close();
    }

    /// <summary>What was measured so far.</summary>
    public ProbeState Save() =>
        new(
            [.. results],
            [.. open.Select(moment => new OpenMoment(moment.Epoch, moment.LossScale, [.. moment.Weights]))]
        );

    /// <summary>Goes back to what was measured at a time, the steps that were looked at too.</summary>
    public void Restore(ProbeState state)
    {
        results.Clear();
        results.AddRange(state.Results);
        open.Clear();
        foreach (var moment in state.Open)
            open.Enqueue(Look(moment.Epoch, moment.LossScale, [.. moment.Weights]));
    }

    /// <summary>What was measured, by epoch, then layer; null where the run has no probes. Training is over then.</summary>
    public IReadOnlyList<LayerProbe>? Finish()
    {
        while (open.Count > 0)
            Close();
        return probes.Length == 0 ? null : results;
    }

    private Moment Look(int epoch, float lossScale, List<IReadOnlyList<NamedTensor>> weights) =>
        new(epoch, lossScale, LayerView.Of(settings, weights[0], inputs, labels, lossScale), weights);

    private void Close()
    {
        var moment = open.Dequeue();
        for (var i = 0; i < moment.Layers.Count; i++)
        {
            var layer = moment.Layers[i];
            var weight = $"{layer.Name}.weight";
            layer.Updates = moment.Updates(weight);
            if (first is not null)
                layer.FirstWeights = Values(first, weight);
            var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
            foreach (var (name, value) in probes.SelectMany(probe => probe.Measure(layer)))
            {
                if (double.IsFinite(value))
                    values[name] = value;
            }
            results.Add(
                new()
                {
                    Epoch = moment.Epoch,
                    Layer = i + 1,
                    Name = layer.Name,
                    Values = values,
                }
            );
        }
    }

    private static float[] Values(IReadOnlyList<NamedTensor> tensors, string name) =>
        tensors.First(tensor => tensor.Name == name).Values;

    /// <summary>What was seen at a time, and the weights then and after each step that followed.</summary>
    private sealed record Moment(
        int Epoch,
        float LossScale,
        IReadOnlyList<ObservedLayer> Layers,
        List<IReadOnlyList<NamedTensor>> Weights
    )
    {
        public float[][] Updates(string name)
        {
            var updates = new float[Weights.Count - 1][];
            for (var i = 0; i < updates.Length; i++)
            {
                var (before, after) = (Values(Weights[i], name), Values(Weights[i + 1], name));
                updates[i] = new float[before.Length];
                for (var j = 0; j < before.Length; j++)
                    updates[i][j] = after[j] - before[j];
            }
            return updates;
        }
    }
}
