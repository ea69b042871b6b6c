using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// The means of cells with their intervals, a row a cell in the order of one axis, in panels by another: bars or dots, see
/// <see cref="BarAxis"/>. Panels have one axis, but for those of different test sets, which aren't compared.
/// </summary>
internal sealed class BarPlot
{
    // With more of them a picture tells less than tables do.
    private const int MostBars = 40;
    private const double WidestRow = 760;
    private const double LoneWidth = 420;
    private const double PanelWidth = 180;
    private const double RowHeight = 22;
    private const double BarHeight = 13;
    private const double CapHeight = 7;
    private const double LineHeight = 17;
    private const double TickLength = 4;
    private const double Space = 8;
    private const double Gap = 26;
    private const string Css = ".plot-bar{stroke:none;fill-opacity:.3}";

    private readonly StudyTables tables;
    private readonly CellMetric metric;
    private readonly IReadOnlyList<(int Index, Axis Axis)> named;
    private readonly IGrouping<string, CellRow>[] panels;
    private readonly string[] rows;
    private readonly Dictionary<string, BarAxis> axes;
    private readonly double names;
    private readonly double numbers;
    private readonly List<SvgElement> content = [];
    private double bottom;

    private BarPlot(StudyTables tables, CellMetric metric, int axis, int? by)
    {
        (this.tables, this.metric) = (tables, metric);
        var cells = CellName.Ordered(tables, axis);
        var differing = CellName.Differing(tables.Plan.Scientific, cells);
        named =
        [
            (axis, tables.Plan.Scientific[axis]),
            .. differing.Where(other => other.Index != axis && other.Index != by),
        ];
        rows = [.. cells.Select(Name).Distinct(StringComparer.Ordinal)];
        panels = by is { } leading
            ?
            [
                .. CellName
                    .Ordered(tables, leading)
                    .GroupBy(
                        cell => CellName.Of([(leading, tables.Plan.Scientific[leading])], cell),
                        StringComparer.Ordinal
                    ),
            ]
            : [.. cells.GroupBy(_ => "", StringComparer.Ordinal)];
        var isCompared = by is null || !TestSet.IsDecidedBy(tables.Plan.Scientific[by.Value].Key);
        var common = isCompared ? BarAxis.Of(metric, cells) : null;
        axes = panels.ToDictionary(
            panel => panel.Key,
            panel => common ?? BarAxis.Of(metric, panel),
            StringComparer.Ordinal
        );
        names = TextWidth.OfWidest(rows) + Space;
        numbers = TextWidth.OfWidest(cells.Select(metric.Marked)) + Space;
    }

    /// <summary>The bars that a study asks for.</summary>
    public static ShownPlot Of(StudyTables tables, Plot plot, string file)
    {
        var metric = new CellMetric(tables, plot.Metric ?? Plot.DefaultMetric);
        var axes = tables.Plan.Scientific;
        if (!metric.IsKnown)
            return ShownPlot.None(plot.ToString(), "no cell has a mean to show");
        if (tables.Cells.Count > MostBars)
            return ShownPlot.None(
                plot.ToString(),
                $"{Markdown.Count(tables.Cells.Count)} bars would be too many to read, "
                    + $"so that {MostBars} are drawn at most; a heat map shows more cells"
            );
        var bars = new BarPlot(
            tables,
            metric,
            CellName.Position(axes, plot.Subject[0]),
            plot.By is null ? null : CellName.Position(axes, plot.By)
        );
        return bars.panels.Length <= ShownPlot.MostPanels
            ? new(bars.Draw(file))
            : ShownPlot.TooManyPanels(plot.ToString(), bars.panels.Length);
    }

    private string Name(CellRow cell) => CellName.Short(named, cell);

    private Figure Draw(string file)
    {
        Text(metric.Title, 0, "plot-title");
        Text(string.Join(", ", named.Select(axis => axis.Axis.Key)) + " ↓", 0);
        bottom += Space;
        var right = Math.Max(Panels(), TextWidth.OfBold(metric.Title));
        foreach (var note in Notes().SelectMany(note => TextWidth.Wrap(note, Math.Max(right, LoneWidth))))
        {
            Text(note, 0);
            right = Math.Max(right, TextWidth.Of(note));
        }
        var description = string.Join(
            "; ",
            panels.SelectMany(panel =>
                panel.Select(cell =>
                    $"{(panel.Key.Length == 0 ? "" : panel.Key + ", ")}{Name(cell)}: {metric.Marked(cell)}"
                )
            )
        );
        return new(
            file,
            $"{metric.Title}: {metric.Summary()}",
            SvgPicture.Write(right, bottom, metric.Title, description, content, LineStyle.Css + Css)
        );
    }

    private double Panels()
    {
        var width =
            panels.Length == 1
                ? LoneWidth
                : Math.Max(PanelWidth, TextWidth.OfWidest(panels.Select(panel => panel.Key)) - numbers);
        var step = width + numbers + Gap;
        var abreast = Math.Clamp((int)((WidestRow - names + Gap) / step), 1, panels.Length);
        for (var first = 0; first < panels.Length; first += abreast)
        {
            var row = panels[first..Math.Min(first + abreast, panels.Length)];
            var used = row.SelectMany(panel => panel.Select(Name)).ToHashSet(StringComparer.Ordinal);
            var lines = Array.FindAll(rows, used.Contains);
            var top = bottom + (row[0].Key.Length == 0 ? 0 : LineHeight);
            foreach (var (i, line) in lines.Index())
                Put(line, names - Space, top + ((i + 0.5) * RowHeight), "end");
            foreach (var (i, panel) in row.Index())
            {
                var left = names + (i * step);
                if (panel.Key.Length > 0)
                    Put(panel.Key, left, top - LineHeight + (SvgPicture.FontSize / 2.0), "start");
                Frame(axes[panel.Key], left, top, width, lines.Length * RowHeight);
                foreach (var cell in panel)
                    Bar(
                        axes[panel.Key],
                        cell,
                        left,
                        top + ((Array.IndexOf(lines, Name(cell)) + 0.5) * RowHeight),
                        width
                    );
            }
            bottom = top + (lines.Length * RowHeight) + TickLength + (2 * LineHeight) + Space;
        }
        return names + (abreast * step) - Gap;
    }

    private void Frame(BarAxis axis, double left, double top, double width, double height)
    {
        var scale = axis.Scale;
        var (end, grid, ticks) = (top + height, "", "");
        foreach (var tick in PlotFrame.WithRoom(scale, width))
        {
            var x = PlotFrame.Short(left + (scale.Place(tick.Value) * width));
            grid += $"M{x} {PlotFrame.Short(top)}V{PlotFrame.Short(end)}";
            ticks += $"M{x} {PlotFrame.Short(end)}v{PlotFrame.Short(TickLength)}";
            Put(tick.Label, left + (scale.Place(tick.Value) * width), end + TickLength + (LineHeight / 2), "middle");
        }
        var start = PlotFrame.Short(left + (axis.HasBars ? scale.Place(0) * width : 0));
        content.Add(new("path", ("class", "plot-grid"), ("d", grid)));
        content.Add(
            new(
                "path",
                ("class", "plot-axis"),
                (
                    "d",
                    $"M{start} {PlotFrame.Short(top)}V{PlotFrame.Short(end)}"
                        + $"M{PlotFrame.Short(left)} {PlotFrame.Short(end)}h{PlotFrame.Short(width)}{ticks}"
                )
            )
        );
        Put(metric.Title, left + (width / 2), end + TickLength + (1.5 * LineHeight), "middle");
    }

    private void Bar(BarAxis axis, CellRow cell, double left, double middle, double width)
    {
        var scale = axis.Scale;
        Put(
            metric.Marked(cell) is { Length: > 0 } told ? told : Markdown.Nothing,
            left + width + numbers,
            middle,
            "end"
        );
        var estimate = metric.Of(cell);
        if (estimate.Mean is not { } mean || !scale.Has(mean))
            return;
        var (zero, x) = (At(0), At(mean));
        if (axis.HasBars && x != zero)
        {
            content.Add(
                new(
                    "rect",
                    ("class", LineStyle.Class("bar", 0)),
                    ("x", Math.Min(zero, x)),
                    ("y", middle - (BarHeight / 2)),
                    ("width", Math.Abs(x - zero)),
                    ("height", BarHeight)
                )
            );
        }
        if (estimate is { Low: { } low, High: { } high })
            content.Add(new("path", ("class", LineStyle.Class("line", 0)), ("d", Whisker(low, high, mean))));
        content.Add(new("circle", ("class", LineStyle.Class("end", 0)), ("cx", x), ("cy", middle), ("r", 3.5)));

        double At(double value) => left + (scale.Place(value) * width);

        // A cap stands at an end that lies on the axis; a line that leaves it has none.
        string Whisker(double low, double high, double mean)
        {
            var (from, to) = (scale.Has(low) ? low : mean, scale.Has(high) ? high : mean);
            return $"M{PlotFrame.Short(At(from))} {PlotFrame.Short(middle)}H{PlotFrame.Short(At(to))}"
                + string.Concat(
                    new[] { low, high }
                        .Where(end => end >= scale.Low && end <= scale.High)
                        .Select(end =>
                            $"M{PlotFrame.Short(At(end))} {PlotFrame.Short(middle - (CapHeight / 2))}v{PlotFrame.Short(CapHeight)}"
                        )
                );
        }
    }

    private IEnumerable<string> Notes()
    {
        foreach (var note in metric.Notes())
            yield return note;
        (PlotScale Scale, Estimate Estimate)[] shown =
        [
            .. panels.SelectMany(panel =>
                panel
                    .Select(metric.Of)
                    .Where(estimate => estimate.Mean is not null)
                    .Select(estimate => (axes[panel.Key].Scale, estimate))
            ),
        ];
        if (axes.Values.Distinct().Skip(1).Any())
            yield return "Each panel has an axis of its own: their cells are tested by different rows.";
        if (shown.Any(cell => !cell.Scale.Has(cell.Estimate.Mean!.Value)))
            yield return "A value of 0 has no place on this axis.";
        if (
            shown.Any(cell =>
                cell.Scale.Has(cell.Estimate.Mean!.Value) && cell.Estimate.Low is { } low && !cell.Scale.Has(low)
            )
        )
            yield return "Where an interval reaches below 0, its lower half is left out.";
    }

    private void Text(string text, double x, string? style = null)
    {
        Put(text, x, bottom + (LineHeight / 2), "start", style);
        bottom += LineHeight;
    }

    private void Put(string text, double x, double middle, string anchor, string? style = null) =>
        content.Add(
            SvgElement.Text(
                "text",
                text,
                [
                    ("x", x),
                    ("y", middle + (SvgPicture.FontSize * 0.35)),
                    ("text-anchor", anchor),
                    .. style is null ? [] : ((string, SvgValue)[])[("class", style)],
                ]
            )
        );
}
