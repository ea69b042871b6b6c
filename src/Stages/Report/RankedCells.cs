using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Cells that are tested by the same rows, so that their accuracies can be compared.</summary>
internal sealed class RankedCells
{
    private readonly Func<CellRow, Estimate> accuracy;
    private readonly bool hasSeeds;

    /// <param name="name">What tells the rows from others, as <see cref="TestSet"/> says it; empty where there are no others.</param>
    /// <param name="cells">The cells, one at least, the best first.</param>
    /// <param name="accuracy">The test accuracy of a cell.</param>
    /// <param name="hasSeeds">Whether the study has several seeds.</param>
    public RankedCells(string name, IReadOnlyList<CellRow> cells, Func<CellRow, Estimate> accuracy, bool hasSeeds)
    {
        (Name, Cells, this.accuracy, this.hasSeeds) = (name, cells, accuracy, hasSeeds);
        Ranked = [.. cells.Where(cell => Mean(cell) is not null)];
        Best = [.. Ranked.TakeWhile(cell => Mean(cell) == Mean(Ranked[0])).Where(_ => !HasOnlyDiverged(Ranked[0]))];
    }

    /// <summary>What tells their rows from others.</summary>
    public string Name { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<CellRow> Cells { get; }

    /// <summary>Those that have a mean, the best first, equals in the order of the plan.</summary>
    public IReadOnlyList<CellRow> Ranked { get; }

    /// <summary>Those with the best mean: one, or several that are equal; none where every run diverged.</summary>
    public IReadOnlyList<CellRow> Best { get; }

    /// <summary>Whether every run of every cell diverged.</summary>
    public bool AllDiverged => Cells.All(HasOnlyDiverged);

    /// <summary>
    /// Whether a cell can't be told apart from the best one: it has the best mean, or nothing shows that its own is lower, at
    /// <see cref="Significance.Side"/>, be it that it was not compared. In a study of a single seed only the best are marked.
    /// </summary>
    public bool IsNearBest(CellRow cell) =>
        Best.Count > 0
        && Mean(cell) is { } mean
        && (mean == Mean(Best[0]) || (hasSeeds && !(cell.BelowBest < Significance.Side)));

    private double? Mean(CellRow cell) => accuracy(cell).Mean;

    private static bool HasOnlyDiverged(CellRow cell) => cell.Diverged == cell.Runs;
}
