using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>What probes measured, cell by cell over its seeds.</summary>
internal static class LayerTable
{
    /// <summary>
    /// A row a cell, epoch, layer and probe, in this order. Runs without a value, since they diverged before or it was
    /// not finite, are left out of the mean.
    /// </summary>
    /// <param name="cells">For each cell the results of its runs.</param>
    public static IReadOnlyList<LayerRow> Of(IEnumerable<ArraySegment<RunResult>> cells) =>
        [
            .. cells.SelectMany(
                (runs, cell) =>
                    runs.SelectMany(run => run.Probes ?? [])
                        .SelectMany(
                            layer => layer.Values,
                            (layer, value) => (layer.Epoch, layer.Layer, layer.Name, Probe: value.Key, value.Value)
                        )
                        .GroupBy(x => (x.Epoch, x.Layer, x.Name, x.Probe), x => (double?)x.Value)
                        .OrderBy(group => group.Key.Epoch)
                        .ThenBy(group => group.Key.Layer)
                        .ThenBy(group => group.Key.Probe, StringComparer.Ordinal)
                        .Select(group => Row(cell, group.Key, [.. group]))
            ),
        ];

    private static LayerRow Row(
        int cell,
        (int Epoch, int Layer, string Name, string Probe) measured,
        double?[] values
    ) =>
        new()
        {
            Cell = cell,
            Epoch = measured.Epoch,
            Layer = measured.Layer,
            Name = measured.Name,
            Probe = measured.Probe,
            Value = Statistics.Estimate(values, Statistics.IntervalQuantile(values.Length)),
            Runs = values.Length,
        };
}
