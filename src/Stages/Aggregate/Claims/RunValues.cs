using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>Finds the numbers that claims name in the result of a run.</summary>
internal static class RunValues
{
    /// <summary>The value of a metric; null where the run has none, or it is not finite.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="result">The run's result.</param>
    /// <param name="spec">The run's parameters.</param>
    public static double? Of(RunMetric metric, RunResult result, Parameters spec)
    {
        var value = metric switch
        {
            PlainMetric { Name: PlainMetric.Restarts } => result.Restarts?.Count ?? 0,
            PlainMetric plain => result.Metrics.TryGetValue(plain.Name, out var number) ? number : null,
            EpochsTo reached => Epochs(reached, result, spec),
            Lead lead => Ahead(lead, result),
            ProbeValue probe => Probe(probe, result, spec),
            FirstToLast ratio => Probe(new(ratio.Probe, "first", ratio.Epoch), result, spec)
                / Probe(new(ratio.Probe, "last", ratio.Epoch), result, spec),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "This is no metric of a run."),
        };
        return value is { } finite && double.IsFinite(finite) ? value : null;
    }

    private static double? Epochs(EpochsTo metric, RunResult result, Parameters spec)
    {
        if (result.Outcome == RunOutcome.Diverged)
            return NeverReached(spec);
        if (!result.Curves.TryGetValue(metric.Curve, out var curve))
            return null;
        var index = Array.FindIndex(
            curve,
            value => metric.IsLoss ? value <= metric.Threshold : value >= metric.Threshold
        );
        return index < 0 ? NeverReached(spec) : index + 1;
    }

    /// <summary>
    /// By how many epochs the first curve rises before the second; null where a run came to its end without the second's rise.
    /// </summary>
    private static double? Ahead(Lead lead, RunResult result)
    {
        if (!result.Curves.TryGetValue(lead.Second, out var curve))
            return null;
        var second = Rise(lead.Second, lead.Factor, result);
        var isThere = result.Outcome == RunOutcome.Diverged || second <= curve.Length;
        return isThere ? second - Rise(lead.First, lead.Factor, result) : null;
    }

    /// <summary>
    /// The first epoch, from 1, at which a curve is so many times its lowest value before; the one
    /// after its last where it never is.
    /// </summary>
    private static double? Rise(string name, double factor, RunResult result)
    {
        if (!result.Curves.TryGetValue(name, out var curve))
            return null;
        var lowest = double.PositiveInfinity;
        for (var i = 0; i < curve.Length; i++)
        {
            if (curve[i] >= factor * lowest)
                return i + 1;
            lowest = Math.Min(lowest, curve[i]);
        }
        return curve.Length + 1;
    }

    private static double NeverReached(Parameters spec) => LastEpoch(spec) + 1.0;

    private static int LastEpoch(Parameters spec) => spec.Integer("epochs");

    private static double? Probe(ProbeValue metric, RunResult result, Parameters spec)
    {
        var measured = (result.Probes ?? []).Where(probe => probe.Values.ContainsKey(metric.Probe)).ToArray();
        int[] layers = [.. measured.Select(probe => probe.Layer).Distinct().Order()];
        if (layers.Length == 0)
            return null;
        var epoch =
            metric.Epoch
            ?? (
                result.Metrics.TryGetValue(StopMetrics.EpochsTrained, out var trained) ? (int)trained : LastEpoch(spec)
            );
        return metric.Layer switch
        {
            "first" => At(layers[0]),
            "last" => At(layers[^1]),
            "mean" => Statistics.Mean(All()),
            "min" => All() is var values && values.Contains(null) ? null : values.Min(),
            "max" => All() is var values && values.Contains(null) ? null : values.Max(),
            var number => layers.Where(layer => CanonicalJson.Number(layer) == number).Select(At).FirstOrDefault(),
        };

        double? At(int layer) =>
            measured.FirstOrDefault(probe => probe.Epoch == epoch && probe.Layer == layer)?.Values[metric.Probe];

        double?[] All() => Array.ConvertAll(layers, At);
    }
}
