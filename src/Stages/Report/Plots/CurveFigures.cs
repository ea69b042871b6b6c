using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Learning curves of a study, a picture a curve.</summary>
internal sealed class CurveFigures
{
    private const int MostPoints = 200;
    private const int MostPointsInAll = 600;
    private const int PointsOfFrame = 24; // a frame takes the bytes of so many points
    private const int FewestPoints = 8; // fewer make another curve of it

    /// <summary>The curves that are shown without being asked for, where the study has them.</summary>
    private static readonly string[] Automatic = ["train_loss", "validation_accuracy"];

    private readonly StudyTables tables;
    private readonly (int Index, Axis Axis)? by;

    /// <summary>Which cells a line stands for, one in each panel at most; the styles are their order.</summary>
    private readonly int[][] lines;

    private CurveFigures(StudyTables tables, Accuracy accuracy, int? by)
    {
        this.tables = tables;
        this.by = by is { } index ? (index, tables.Plan.Scientific[index]) : null;
        (lines, Choice) = CellLines.Choose(tables, accuracy, by);
    }

    /// <summary>Which lines are shown, a sentence; empty where they all are.</summary>
    private string Choice { get; }

    /// <summary>The pictures, and which cells they show in a sentence; no pictures where no run lasted for two epochs.</summary>
    public static (IReadOnlyList<Figure> Figures, string Choice) Of(StudyTables tables, Accuracy accuracy)
    {
        var figures = new CurveFigures(tables, accuracy, null);
        return (
            [
                .. Automatic
                    .Select(curve => figures.Draw(curve, MostPoints, PlotFile.Name("curve", curve)))
                    .OfType<Figure>(),
            ],
            Sentences(figures.Choice, figures.Thinned(Automatic, MostPoints))
        );
    }

    /// <summary>The curves that a study asks for.</summary>
    public static ShownPlot Of(StudyTables tables, Accuracy accuracy, Plot plot, string file)
    {
        var figures = new CurveFigures(
            tables,
            accuracy,
            plot.By is null ? null : CellName.Position(tables.Plan.Scientific, plot.By)
        );
        var panels = figures.Panels().Count;
        if (panels > ShownPlot.MostPanels)
            return ShownPlot.TooManyPanels(plot.ToString(), panels);
        var drawn = figures.lines.Sum(line => line.Length);
        var points = (MostPointsInAll - (PointsOfFrame * panels)) / Math.Max(1, drawn);
        if (points < FewestPoints && tables.Curves.Any(row => row.Curve == plot.Subject[0] && row.Mean.Count > points))
            return ShownPlot.None(
                plot.ToString(),
                $"{Markdown.Count(drawn)} lines in {Markdown.Count(panels)} panels are too many to show how they run"
            );
        var most = Math.Min(MostPoints, points);
        return figures.Draw(plot.Subject[0], most, file) is { } figure
            ? new(figure, Sentences(figures.Choice, figures.Thinned(plot.Subject, most)))
            : ShownPlot.None(plot.ToString(), "no run lasted for two epochs");
    }

    /// <summary>That not every epoch is drawn, a sentence; empty where every one is.</summary>
    private string Thinned(IReadOnlyList<string> curves, int most)
    {
        var drawn = lines.SelectMany(line => line).ToHashSet();
        var epochs = tables
            .Curves.Where(row => curves.Contains(row.Curve, StringComparer.Ordinal) && drawn.Contains(row.Cell))
            .Select(row => row.Mean.Count)
            .DefaultIfEmpty(0)
            .Max();
        return epochs <= most
            ? ""
            : $"Of {Markdown.Count(epochs)} epochs {Markdown.Count(most)} are drawn, evenly spread: what goes up and down between them doesn't show.";
    }

    private static string Sentences(params string[] sentences) =>
        string.Join(' ', sentences.Where(sentence => sentence.Length > 0));

    // The values of the axis that has panels, as far as some line has them.
    private IReadOnlyList<(string Title, Scalar? Value)> Panels() =>
        by is not { } panelled
            ? [("", null)]
            :
            [
                .. panelled
                    .Axis.Values.Where(value =>
                        lines.Any(line => line.Any(cell => tables.Cells[cell].Values[panelled.Index] == value))
                    )
                    .Select(value => ($"{panelled.Axis.Key}={value}", (Scalar?)value)),
            ];

    private Figure? Draw(string curve, int points, string file)
    {
        var rows = tables.Curves.Where(row => row.Curve == curve).ToDictionary(row => row.Cell);
        if (!lines.Any(line => line.Any(cell => rows.TryGetValue(cell, out var row) && row.Mean.Count > 1)))
            return null;
        var axes = CellName
            .Differing(tables.Plan.Scientific, [.. lines.SelectMany(line => line).Select(cell => tables.Cells[cell])])
            .Where(axis => axis.Index != by?.Index)
            .ToArray();
        var isShare = curve.EndsWith("_accuracy", StringComparison.Ordinal);
        var title =
            curve == LossScaleMetrics.Scale ? "Loss scale"
            : curve == ParameterUse.ActivationNorm ? "Root mean square of the last activations"
            : (curve.StartsWith("validation_", StringComparison.Ordinal) ? "Validation " : "Training ")
                + (isShare ? "accuracy, %" : "loss")
                + (curve.StartsWith("epoch_end_", StringComparison.Ordinal) ? " at the epoch's end" : "");
        var factor = isShare ? 100 : 1;
        PlotPanel[] panels =
        [
            .. Panels()
                .Select(panel => new PlotPanel(
                    panel.Title,
                    [
                        .. lines.SelectMany(
                            (line, style) =>
                                line.Where(cell =>
                                        panel.Value is null || tables.Cells[cell].Values[by!.Value.Index] == panel.Value
                                    )
                                    .Select(cell => new PlotLine(
                                        style,
                                        rows.TryGetValue(cell, out var row) ? Points(row, factor, points) : []
                                    ))
                        ),
                    ]
                )),
        ];
        var means = panels
            .SelectMany(panel => panel.Lines)
            .SelectMany(line => line.Points)
            .Where(point => double.IsFinite(point.Y))
            .ToArray();
        var y = PlotScale.Fitting(means.Select(point => point.Y));
        var ends = means.SelectMany(point => new[] { point.Y, point.Low ?? point.Y, point.High ?? point.Y });
        if (isShare)
            y = PlotScale.Shares(ends, factor);
        else if (!y.IsLogarithmic)
            y = PlotScale.Linear(ends);
        string[] names = [.. lines.Select(line => CellName.Short(axes, tables.Cells[line[0]]))];
        string[] labels = [.. lines.Zip(names, (line, name) => name + Fate(line, rows))];
        return new LinePlot
        {
            Title = title,
            XTitle = "epoch",
            YTitle = title,
            X = PlotScale.Whole(means.Select(point => point.X)),
            Y = y,
            Panels = panels,
            KeyTitle = string.Join(", ", axes.Select(axis => axis.Axis.Key)),
            Notes = y.Notes(means.Select(point => point.Y)),
            Names = by is not null && labels.All(label => label.Length == 0) ? [] : labels,
            Description = string.Join(
                "; ",
                panels.SelectMany(panel =>
                    panel
                        .Lines.Where(line => line.Points.Count > 0)
                        .Select(line =>
                            (
                                panel.Title.Length == 0 || names[line.Style].Length == 0
                                    ? panel.Title
                                    : panel.Title + ", "
                            ) + $"{names[line.Style]}: {Number(line.Points[0].Y)} to {Number(line.Points[^1].Y)}"
                        )
                )
            ),
            Summary =
                by is null || means.Length == 0
                    ? null
                    : $"by {by.Value.Axis.Key}, values from {Number(means.Min(point => point.Y))} to {Number(means.Max(point => point.Y))}",
        }.Draw(file);
    }

    private string Fate(int[] line, Dictionary<int, CurveRow> rows)
    {
        var (diverged, runs) = (
            line.Sum(cell => tables.Cells[cell].Diverged),
            line.Sum(cell => tables.Cells[cell].Runs)
        );
        return !line.Any(rows.ContainsKey) ? " (diverged at once)"
            : diverged > 0 ? $" (†{Markdown.Count(diverged)} of {Markdown.Count(runs)})"
            : "";
    }

    private static string Number(double value) => double.IsFinite(value) ? Rounding.Significant(value, 3) : "none";

    private static PlotPoint[] Points(CurveRow row, int factor, int most) =>
        [
            .. Thinning
                .Positions(row.Mean.Count, most)
                .Select(epoch => new PlotPoint(
                    epoch + 1,
                    (row.Mean[epoch] ?? double.NaN) * factor,
                    (row.Mean[epoch] - row.Half[epoch]) * factor,
                    (row.Mean[epoch] + row.Half[epoch]) * factor
                )),
        ];
}
