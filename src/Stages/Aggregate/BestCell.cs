using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Stages.Aggregate;

/// <summary>Whether the best cell stands out, or only came out on top by chance.</summary>
internal static class BestCell
{
    /// <summary>
    /// The cells, each with its <see cref="CellRow.BelowBest"/>. Cells that are tested by the same rows are compared. The best of them was
    /// selected by what it is then compared by: Holm's adjustment over the comparisons pays for it, in that the one that is best in truth
    /// falls below with a probability of the level at most. Where runs are looked at in rounds each p pays for
    /// those, too. Of several equals any of them may do so more often.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="metrics">The names of the metrics.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="chosen">The runs of each cell, a run a seed.</param>
    public static IReadOnlyList<CellRow> Compare(
        Plan plan,
        string[] metrics,
        IReadOnlyList<CellRow> cells,
        IReadOnlyList<ArraySegment<RunRow>> chosen
    )
    {
        var metric = Array.IndexOf(metrics, Statistics.Accuracy);
        if (metric < 0)
            return cells;
        var looks = plan.SeedsByRound().Count;
        var compared = cells.ToArray();
        foreach (
            var group in Enumerable
                .Range(0, cells.Count)
                .GroupBy(cell => TestSet.Of(plan.Scientific, cells[cell].Values), StringComparer.Ordinal)
        )
        {
            var best = group.MaxBy(cell => cells[cell].Metrics[metric].Mean ?? double.NegativeInfinity);
            if (cells[best].Diverged == cells[best].Runs)
                continue;
            var others = group
                .Where(cell => cell != best)
                .Select(cell => (Cell: cell, P: PBelow(metric, chosen[best], chosen[cell])))
                .Where(other => other.P is not null)
                .ToArray();
            var adjusted = Holm.Adjust([.. others.Select(other => Math.Min(1, looks * other.P!.Value))]);
            for (var i = 0; i < others.Length; i++)
                compared[others[i].Cell] = cells[others[i].Cell] with { BelowBest = adjusted[i] };
        }
        return compared;
    }

    private static double? PBelow(int metric, ArraySegment<RunRow> best, ArraySegment<RunRow> other)
    {
        // The cells may have different numbers of seeds: those that both have are compared.
        var seeds = Math.Min(best.Count, other.Count);
        if (seeds < Significance.FewestSeeds)
            return null;
        var (left, right) = (
            Statistics.Accuracies(metric, best[..seeds]),
            Statistics.Accuracies(metric, other[..seeds])
        );
        return left is null || right is null
            ? null
            : Comparison
                .Of(
                    PairedSample.Of(
                        left,
                        right,
                        RowTerm.OfAccuracy(best[..seeds]),
                        RowTerm.OfAccuracy(other[..seeds]).Negated()
                    ),
                    0
                )
                .Greater;
    }
}
