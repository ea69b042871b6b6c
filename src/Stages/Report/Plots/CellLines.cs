using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Which cells a plot of lines shows.</summary>
internal static class CellLines
{
    private const int MostLines = 12;

    /// <summary>
    /// All lines where there are few; else the best one with each value of each axis, and the worst of all. A line is as good as its best
    /// cell.
    /// </summary>
    /// <param name="tables">The study.</param>
    /// <param name="accuracy">How good cells are.</param>
    /// <param name="by">The axis that has a panel a value, so that a line is one cell in each; or null.</param>
    /// <returns>
    /// For each line its cells by their positions, the best line first; which lines they are, a sentence, empty where they all are.
    /// </returns>
    public static (int[][] Lines, string Choice) Choose(StudyTables tables, Accuracy accuracy, int? by)
    {
        var ranks = accuracy
            .Ranked.Concat(tables.Cells.Except(accuracy.Ranked))
            .Select((cell, rank) => (cell, rank))
            .ToDictionary(x => x.cell, x => x.rank);
        (int Index, Axis Item)[] axes = [.. tables.Plan.Scientific.Index().Where(axis => axis.Index != by)];
        int[][] all =
        [
            .. Enumerable
                .Range(0, tables.Cells.Count)
                .OrderBy(cell => ranks[tables.Cells[cell]])
                .GroupBy(cell => CellName.Of(axes, tables.Cells[cell]), StringComparer.Ordinal)
                .Select(line => line.ToArray()),
        ];
        if (all.Length <= MostLines)
            return (all, "");
        int[] chosen =
        [
            .. axes.SelectMany(axis =>
                    axis.Item.Values.Select(value =>
                        Array.FindIndex(all, line => tables.Cells[line[0]].Values[axis.Index] == value)
                    )
                )
                .Where(line => line >= 0)
                .Distinct()
                .Order()
                .Take(MostLines - 1)
                .Append(all.Length - 1)
                .Distinct(),
        ];
        var what = by is null ? "cells" : "lines";
        return (
            [.. chosen.Select(line => all[line])],
            $"Of {Markdown.Count(all.Length)} {what} the best with each value of each axis, {MostLines - 1} at most, and the worst of all."
        );
    }
}
