using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Stages.Aggregate;

/// <summary>Whether the best cell stands out, or only came out on top by chance.</summary>
internal static class BestCell
{
    private const string Accuracy = "test_accuracy";

    /// <summary>The cells, each with its <see cref="CellRow.BelowBest"/>.</summary>
    /// <param name="metrics">The names of the metrics.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="chosen">The runs of each cell, a run a seed.</param>
    public static IReadOnlyList<CellRow> Compare(
        string[] metrics,
        IReadOnlyList<CellRow> cells,
        IReadOnlyList<ArraySegment<RunRow>> chosen
    )
    {
        var metric = Array.IndexOf(metrics, Accuracy);
        if (metric < 0 || cells.Count == 0)
            return cells;
        var best = Enumerable
            .Range(0, cells.Count)
            .MaxBy(cell => cells[cell].Metrics[metric].Mean ?? double.NegativeInfinity);
        var counted = Statistics.Counted(Accuracy, metric, chosen[best]);
        return
        [
            .. cells.Select(
                (cell, i) =>
                    i == best
                        ? cell
                        : cell with
                        {
                            BelowBest = PBelow(counted, Statistics.Counted(Accuracy, metric, chosen[i])),
                        }
            ),
        ];
    }

    private static double? PBelow(double?[] best, double?[] other)
    {
        // The cells may have different numbers of seeds: those that both have are compared.
        var seeds = Math.Min(best.Length, other.Length);
        var differences = best.Zip(other, (left, right) => left - right).OfType<double>().ToArray();
        return seeds > 1 && differences.Length == seeds ? TTest.Of(differences).Greater : null;
    }
}
