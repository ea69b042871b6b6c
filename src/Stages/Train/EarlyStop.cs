using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>Ends a run when a curve has not got better for some epochs, and keeps the best of them.</summary>
/// <param name="settings">Which curve, and for how many.</param>
internal sealed class EarlyStop(StopSettings settings)
{
    /// <summary>The best epoch so far, of equal ones the first; null before the first.</summary>
    public BestEpoch? Best { get; private set; }

    /// <summary>Whether the best epoch is so long ago, after some epochs, that the run ends.</summary>
    public bool IsDue(int epochs) => Best is { } best && epochs - best.Epoch >= settings.Patience;

    /// <summary>Looks at an epoch that is done.</summary>
    /// <param name="curves">The run's curves, that epoch included.</param>
    /// <param name="network">The network at its end.</param>
    public void AfterEpoch(SortedDictionary<string, List<double>> curves, ITrainableNetwork network)
    {
        var curve = curves[settings.Curve];
        if (Best is null || settings.IsBetter(curve[^1], Best.Value))
            Best = new(curve.Count, curve[^1], settings.KeepsBest ? network.Save() : null);
    }

    /// <summary>Goes back to what was known at a time.</summary>
    public void Restore(BestEpoch? best) => Best = best;

    /// <summary>After training, adds the epochs as metrics and takes the network back to the best one where that is asked for.</summary>
    /// <param name="metrics">The values of the curves at the end.</param>
    /// <param name="curves">The curves; the metrics are theirs at the best epoch where the network is.</param>
    /// <param name="network">The network.</param>
    public void End(
        SortedDictionary<string, double> metrics,
        SortedDictionary<string, List<double>> curves,
        ITrainableNetwork network
    )
    {
        var best = Best ?? throw new InvalidOperationException("A run has at least one epoch.");
        metrics[StopMetrics.EpochsTrained] = curves[settings.Curve].Count;
        metrics[StopMetrics.BestEpoch] = best.Epoch;
        if (best.Network is not { } state)
            return;
        network.Restore(state);
        foreach (var (name, curve) in curves)
            metrics[name] = curve[best.Epoch - 1];
    }
}

/// <summary>When a run ends before its last epoch.</summary>
/// <param name="Curve">A curve that ends in <c>_loss</c> or <c>_accuracy</c>.</param>
/// <param name="Patience">For how many epochs in a row it is no better than before, at least 1.</param>
/// <param name="KeepsBest">Whether the network of the best epoch is the result, not that of the last.</param>
internal sealed record StopSettings(string Curve, int Patience, bool KeepsBest)
{
    /// <summary>Whether a value of the curve is better than another.</summary>
    public bool IsBetter(double value, double other) =>
        Curve.EndsWith("_loss", StringComparison.Ordinal) ? value < other : value > other;
}

/// <summary>The best epoch of a run so far.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Value">The curve's value.</param>
/// <param name="Network">The network at its end; null where it is not kept.</param>
internal sealed record BestEpoch(int Epoch, double Value, NetworkState? Network);
