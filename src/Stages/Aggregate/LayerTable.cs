using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>What probes measured, cell by cell over its seeds.</summary>
internal static class LayerTable
{
    /// <summary>A row a cell, epoch, layer and probe, in this order. Runs without a value, since they diverged before or it was not finite, are left out of the mean.</summary>
    /// <param name="results">All results, a result a run.</param>
    /// <param name="chosen">For each cell where its runs are among the results.</param>
    public static IReadOnlyList<LayerRow> Of(IReadOnlyList<RunResult> results, IReadOnlyList<ArraySegment<RunRow>> chosen)
    {
        var rows = new List<LayerRow>();
        for (var cell = 0; cell < chosen.Count; cell++)
        {
            var values = Enumerable.Range(chosen[cell].Offset, chosen[cell].Count)
                .SelectMany(run => results[run].Probes ?? [])
                .SelectMany(layer => layer.Values, (layer, value) => (layer.Epoch, layer.Layer, layer.Name, Probe: value.Key, value.Value))
                .GroupBy(x => (x.Epoch, x.Layer, x.Name, x.Probe))
                .OrderBy(group => group.Key.Epoch)
                .ThenBy(group => group.Key.Layer)
                .ThenBy(group => group.Key.Probe, StringComparer.Ordinal);
            foreach (var group in values)
            {
                var numbers = group.Select(x => (double?)x.Value).ToArray();
                rows.Add(new()
                {
                    Cell = cell,
                    Epoch = group.Key.Epoch,
                    Layer = group.Key.Layer,
                    Name = group.Key.Name,
                    Probe = group.Key.Probe,
                    Value = Statistics.Estimate(numbers, Statistics.IntervalQuantile(numbers.Length)),
                    Runs = numbers.Length,
                });
            }
        }
        return rows;
    }
}
