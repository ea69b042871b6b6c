using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Learning curves of a study, a picture a curve.</summary>
internal static class CurveFigures
{
    private const int MostLines = 12;
    private const int MostPoints = 200;

    /// <summary>The curves that are shown, where the study has them.</summary>
    private static readonly (string Name, string Title, bool IsShare)[] Shown =
    [
        ("train_loss", "Training loss", false),
        ("validation_accuracy", "Validation accuracy, %", true),
    ];

    /// <summary>The pictures, and which cells they show in a sentence; no pictures where no run lasted for two epochs.</summary>
    public static (IReadOnlyList<Figure> Figures, string Choice) Of(StudyTables tables, Accuracy accuracy)
    {
        var (cells, choice) = Cells(tables, accuracy);
        var figures = Shown
            .Select(curve => (curve, Rows: cells.Select(cell => tables.Curves.FirstOrDefault(row => row.Cell == cell && row.Curve == curve.Name)).ToArray()))
            .Where(x => x.Rows.Any(row => row?.Mean.Count > 1))
            .Select(x => Draw(tables, cells, x.curve, x.Rows));
        return ([.. figures], choice);
    }

    // All cells where there are few; else the best one with each value of each axis, and the worst of all.
    private static (int[] Cells, string Choice) Cells(StudyTables tables, Accuracy accuracy)
    {
        var ranked = accuracy.Ranked.Concat(tables.Cells.Except(accuracy.Ranked)).Select((cell, rank) => (cell, rank)).ToDictionary(x => x.cell, x => x.rank);
        var all = Enumerable.Range(0, tables.Cells.Count).OrderBy(cell => ranked[tables.Cells[cell]]).ToArray();
        if (all.Length <= MostLines)
            return (all, "");
        var chosen = tables.Plan.Scientific
            .SelectMany((axis, i) => axis.Values.Select(value => all.FirstOrDefault(cell => tables.Cells[cell].Values[i] == value, -1)))
            .Where(cell => cell >= 0)
            .Distinct()
            .OrderBy(cell => ranked[tables.Cells[cell]])
            .Take(MostLines - 1)
            .Append(all[^1])
            .Distinct()
            .ToArray();
        return (chosen, $"Of {Markdown.Count(all.Length)} cells the best with each value of each axis, {MostLines - 1} at most, and the worst of all.");
    }

    private static Figure Draw(StudyTables tables, int[] cells, (string Name, string Title, bool IsShare) curve, CurveRow?[] rows)
    {
        var axes = CellName.Differing(tables.Plan.Scientific, [.. cells.Select(cell => tables.Cells[cell])]);
        var factor = curve.IsShare ? 100 : 1;
        var lines = rows.Select((row, style) => new PlotLine(style, row is null ? [] : Points(row, factor))).ToArray();
        var means = lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.Y)).ToArray();
        var y = PlotScale.Fitting(means.Select(point => point.Y));
        if (!y.IsLogarithmic)
            y = PlotScale.Linear(means.SelectMany(point => new[] { point.Y, Within(point.Low, point.Y), Within(point.High, point.Y) }));
        return new LinePlot
        {
            Title = curve.Title,
            XTitle = "epoch",
            YTitle = curve.Title,
            X = PlotScale.Whole(means.Select(point => point.X)),
            Y = y,
            Panels = [new("", lines)],
            KeyTitle = string.Join(", ", axes.Select(axis => axis.Axis.Key)),
            Names = [.. rows.Zip(cells, (row, cell) => CellName.Short(axes, tables.Cells[cell]) + Fate(row, tables.Cells[cell]))],
            Description = string.Join("; ", rows.Zip(cells, (row, cell) => (row, cell)).Where(x => x.row is not null).Select(x =>
                $"{CellName.Short(axes, tables.Cells[x.cell])}: {Number(x.row!.Mean[0] * factor)} to {Number(x.row.Mean[^1] * factor)}")),
        }.Draw($"curve-{curve.Name.Replace('_', '-')}.svg");

        // No share lies beyond 0 and 100 %, and an interval that does would only take room.
        double Within(double? end, double mean) => end is not { } value ? mean : curve.IsShare ? Math.Clamp(value, 0, 100) : value;
    }

    private static string Fate(CurveRow? row, CellRow cell) =>
        row is null ? " (diverged at once)" : cell.Diverged > 0 ? $" (†{Markdown.Count(cell.Diverged)} of {Markdown.Count(cell.Runs)})" : "";

    private static string Number(double? value) => value is { } number ? Rounding.Significant(number, 3) : "none";

    private static PlotPoint[] Points(CurveRow row, int factor)
    {
        var count = Math.Min(row.Mean.Count, MostPoints);
        var epochs = Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * (row.Mean.Count - 1) / (count - 1)));
        return [.. epochs.Select(epoch => new PlotPoint(
            epoch + 1,
            (row.Mean[epoch] ?? double.NaN) * factor,
            (row.Mean[epoch] - row.Half[epoch]) * factor,
            (row.Mean[epoch] + row.Half[epoch]) * factor))];
    }
}
