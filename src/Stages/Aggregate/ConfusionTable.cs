using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>What the runs of each cell mistook for what.</summary>
internal static class ConfusionTable
{
    /// <summary>A row a cell of which a run counted it, in their order.</summary>
    /// <param name="cells">For each cell the results of its runs, which have the same classes.</param>
    public static IReadOnlyList<ConfusionRow> Of(IEnumerable<ArraySegment<RunResult>> cells) =>
        [
            .. cells
                .Select(
                    (runs, cell) =>
                        (Cell: cell, Counts: runs.Select(run => run.Confusion).OfType<IReadOnlyList<int>>().ToArray())
                )
                .Where(cell => cell.Counts.Length > 0)
                .Select(cell => new ConfusionRow(
                    cell.Cell,
                    [.. Enumerable.Range(0, cell.Counts[0].Count).Select(i => cell.Counts.Sum(counts => counts[i]))]
                )),
        ];
}
