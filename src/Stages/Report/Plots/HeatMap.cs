using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// The means of cells as colours: one axis down, one across, a panel for each combination of the others. On the page
/// without further ado the test accuracy, the axes as the tables have them.
/// </summary>
internal sealed class HeatMap
{
    private const double WidestRow = 760;
    private const double CellHeight = 28;
    private const double NarrowCell = 54;
    private const double WideCell = 96;
    private const double LineHeight = 17;
    private const double Gap = 22;
    private const double HatchStep = 7;
    private const double Slope = 0.7071; // of names that stand at 45°
    private const double KeyHeight = 12;
    private const double Swatch = 30;
    private const double SwatchGap = 16;
    private const string Css = ".plot-near{font-weight:bold}";

    private readonly StudyTables tables;
    private readonly CellMetric metric;
    private readonly Accuracy accuracy;
    private readonly HeatScale scale;
    private readonly int down;
    private readonly int across;
    private readonly IGrouping<string, CellRow>[] panels;
    private readonly double rowNames;
    private readonly double columnNames;
    private readonly bool isUpright;
    private readonly double cellWidth;
    private readonly List<SvgElement> content = [];
    private double bottom;

    private HeatMap(StudyTables tables, CellMetric metric, int down, int across, IGrouping<string, CellRow>[] panels)
    {
        (this.tables, this.metric, this.down, this.across, this.panels) = (tables, metric, down, across, panels);
        accuracy = new(tables);
        scale = new(tables, metric, accuracy);
        rowNames = TextWidth.OfWidest(tables.Cells.Select(cell => cell.Values[down].ToString())) + 8;
        var widest = TextWidth.OfWidest(tables.Cells.Select(cell => cell.Values[across].ToString()));
        isUpright = widest + 8 > WideCell;
        cellWidth = Math.Max(
            isUpright ? NarrowCell : Math.Max(NarrowCell, widest + 8),
            tables
                .Cells.Select(cell =>
                    IsNear(cell) ? TextWidth.OfBold(metric.Shown(cell)) : TextWidth.Of(metric.Shown(cell))
                )
                .DefaultIfEmpty(0)
                .Max() + 3
        );
        columnNames = isUpright ? (widest * Slope) + LineHeight : LineHeight;
    }

    /// <summary>
    /// The test accuracy over the first two axes; null where there are not two, there is nothing to
    /// show, or there are too many panels.
    /// </summary>
    /// <param name="tables">The study.</param>
    /// <param name="file">The file's name.</param>
    public static Figure? Automatic(StudyTables tables, string file)
    {
        if (tables.Plan.Scientific.Count < 2)
            return null;
        var (metric, panels) = (new CellMetric(tables, Plot.DefaultMetric), Panels(tables, 0, 1, null));
        return metric.IsKnown && panels.Length <= ShownPlot.MostPanels
            ? new HeatMap(tables, metric, 0, 1, panels).Draw(file)
            : null;
    }

    /// <summary>The heat map that a study asks for.</summary>
    public static ShownPlot Of(StudyTables tables, Plot plot, string file)
    {
        var metric = new CellMetric(tables, plot.Metric ?? Plot.DefaultMetric);
        var axes = tables.Plan.Scientific;
        var (down, across) = (CellName.Position(axes, plot.Subject[0]), CellName.Position(axes, plot.Subject[1]));
        var panels = Panels(tables, down, across, plot.By is null ? null : CellName.Position(axes, plot.By));
        if (!metric.IsKnown)
            return ShownPlot.None(plot.ToString(), "no cell has a mean to show");
        return panels.Length <= ShownPlot.MostPanels
            ? new(new HeatMap(tables, metric, down, across, panels).Draw(file))
            : ShownPlot.TooManyPanels(plot.ToString(), panels.Length);
    }

    // A panel for each combination of the axes that run neither down nor across, in the order of the axis that leads, then of the plan.
    private static IGrouping<string, CellRow>[] Panels(StudyTables tables, int down, int across, int? leading)
    {
        var others = tables
            .Plan.Scientific.Index()
            .Where(axis => axis.Index != down && axis.Index != across)
            .OrderBy(axis => axis.Index != leading)
            .ToArray();
        var cells = leading is { } first ? CellName.Ordered(tables, first) : tables.Cells;
        return [.. cells.GroupBy(cell => CellName.Of(others, cell), StringComparer.Ordinal)];
    }

    private Figure Draw(string file)
    {
        var axes = tables.Plan.Scientific;
        Text(metric.Title, 0, "start", "plot-title");
        bottom += LineHeight;
        var legend = $"{axes[down].Key} ↓  {axes[across].Key} →";
        Text(legend, 0, "start");
        bottom += LineHeight + (Gap / 2);
        var right = Math.Max(Grid(), TextWidth.Of(legend));
        right = Math.Max(right, Key());
        right = Math.Max(right, TextWidth.OfBold(metric.Title));
        var description = metric.Summary();
        return new(
            file,
            $"{metric.Title}: {description}",
            SvgPicture.Write(right, bottom, metric.Title, description, content, LineStyle.Css + Css)
        );
    }

    private double Grid()
    {
        var most = panels.Max(panel => Values(panel, across).Length);
        // The last name of a row that stands upright leans over the cell's edge.
        var lean = isUpright ? Math.Max(0, (columnNames - LineHeight) - (cellWidth / 2)) : 0;
        var step = Math.Max(most * cellWidth, TextWidth.OfWidest(panels.SelectMany(panel => panel.Key.Split(' '))));
        var abreast = Math.Clamp((int)((WidestRow - rowNames - lean + Gap) / (step + Gap)), 1, panels.Length);
        for (var first = 0; first < panels.Length; first += abreast)
        {
            var row = panels[first..Math.Min(first + abreast, panels.Length)];
            var titles = Array.ConvertAll(row, panel => panel.Key.Length == 0 ? [] : TextWidth.Wrap(panel.Key, step));
            var (top, room) = (bottom, titles.Max(title => title.Count) * LineHeight);
            var names = row.SelectMany(panel => Values(panel, down)).ToHashSet();
            var rows = Array.FindAll([.. tables.Plan.Scientific[down].Values], names.Contains);
            bottom = top + room + columnNames;
            foreach (var (i, name) in rows.Index())
                Put(
                    name.ToString(),
                    rowNames - 8,
                    bottom + ((i + 0.5) * CellHeight) + (SvgPicture.FontSize * 0.35),
                    "end"
                );
            for (var i = 0; i < row.Length; i++)
            {
                var left = rowNames + (i * (step + Gap));
                foreach (var (line, text) in titles[i].Index())
                    Put(text, left, top + (line * LineHeight) + SvgPicture.FontSize, "start");
                Panel(row[i], rows, left);
            }
            bottom += (rows.Length * CellHeight) + Gap;
        }
        return rowNames + (Math.Min(abreast, panels.Length) * (step + Gap)) - Gap + lean;
    }

    private void Panel(IGrouping<string, CellRow> panel, Scalar[] rows, double left)
    {
        var columns = Values(panel, across);
        foreach (var (i, name) in columns.Index())
        {
            var (x, y) = (left + ((i + 0.5) * cellWidth), bottom - 6);
            if (isUpright)
                content.Add(
                    SvgElement.Text(
                        "text",
                        name.ToString(),
                        ("x", x),
                        ("y", y),
                        ("transform", $"rotate(-45 {PlotFrame.Short(x)} {PlotFrame.Short(y)})")
                    )
                );
            else
                Put(name.ToString(), x, y, "middle");
        }
        foreach (var cell in panel)
            Cell(
                cell,
                left + (Array.IndexOf(columns, cell.Values[across]) * cellWidth),
                bottom + (Array.IndexOf(rows, cell.Values[down]) * CellHeight)
            );
    }

    private void Cell(CellRow cell, double x, double y)
    {
        var (width, height) = (cellWidth - 1, CellHeight - 1);
        if (metric.Of(cell).Mean is not { } mean)
        {
            if (cell.Diverged == 0)
                return;
            content.Add(
                new("rect", ("class", "plot-hatched"), ("x", x), ("y", y), ("width", width), ("height", height))
            );
            content.Add(new("path", ("class", "plot-hatch"), ("d", Hatch(x, y, width, height))));
            content.Add(
                new(
                    "rect",
                    ("class", "plot-hatched"),
                    ("x", x + (width / 2) - 14),
                    ("y", y + 6),
                    ("width", 28),
                    ("height", height - 12)
                )
            );
            Put(metric.Shown(cell), x + (width / 2), y + (CellHeight / 2) + 4, "middle", "plot-black");
            return;
        }
        // A cell that learned nothing, with so wide an interval that it can't be told apart, keeps the colour of those beyond the scale.
        var colour = IsNear(cell) && scale.Spans(mean) ? HeatScale.Best : scale.Of(mean);
        content.Add(new("rect", ("x", x), ("y", y), ("width", width), ("height", height), ("fill", colour.Hex)));
        Put(
            metric.Shown(cell),
            x + (width / 2),
            y + (CellHeight / 2) + 4,
            "middle",
            (colour.Ink == Colour.Black ? "plot-black" : "plot-white") + (IsNear(cell) ? " plot-near" : "")
        );
    }

    // Only of the test accuracy there is a test of whether cells can be told apart.
    private bool IsNear(CellRow cell) => metric.IsTestAccuracy && accuracy.IsNearBest(cell);

    /// <summary>Lines at 45° that end at the edges of a rectangle.</summary>
    private static string Hatch(double x, double y, double width, double height)
    {
        var path = "";
        for (var along = HatchStep; along < width + height; along += HatchStep)
        {
            var (left, right) = (Math.Max(0, along - height), Math.Min(along, width));
            path +=
                $"M{PlotFrame.Short(x + left)} {PlotFrame.Short(y + along - left)}"
                + $"L{PlotFrame.Short(x + right)} {PlotFrame.Short(y + along - right)}";
        }
        return path;
    }

    // The colour bar, apart from it the colour of what lies beyond, and what the marks of cells mean.
    private double Key()
    {
        const double width = 240;
        const int steps = 60;
        var room = scale.IsBroken ? Swatch + SwatchGap : 0;
        var left = rowNames + (scale.IsReversed ? 0 : room);
        for (var i = 0; i < steps; i++)
        {
            // Without the overlap, the page shines through between two steps.
            var overlap = i == steps - 1 ? 0 : 1;
            Patch(left + (i * width / steps), (width / steps) + overlap, scale.At((i + 0.5) / steps));
        }
        var beyond = scale.IsReversed ? left + width + SwatchGap : rowNames;
        if (scale.IsBroken)
            Patch(beyond, Swatch, scale.At(scale.IsReversed ? 1 : 0));
        bottom += KeyHeight;
        foreach (var tick in PlotFrame.WithRoom(scale.Scale, width))
            Put(tick.Label, left + (scale.Scale.Place(tick.Value) * width), bottom + SvgPicture.FontSize + 2, "middle");
        if (scale.IsBroken)
            Put(scale.Beyond, beyond + (Swatch / 2), bottom + SvgPicture.FontSize + 2, "middle");
        bottom += LineHeight + 4;
        var right = rowNames + room + width + Gap;
        foreach (var text in scale.Notes().Concat(Marks()).Concat(metric.Notes()))
        {
            Text(text, rowNames, "start");
            bottom += LineHeight;
            right = Math.Max(right, rowNames + TextWidth.Of(text));
        }
        return right;
    }

    private IEnumerable<string> Marks()
    {
        if (tables.Cells.Any(IsNear))
            yield return "bold, in the best one's colour: can't be told apart from it"
                + (accuracy.Sets.Count > 1 ? " on its test set" : "");
    }

    private void Patch(double x, double width, Colour colour) =>
        content.Add(
            new("rect", ("x", x), ("y", bottom), ("width", width), ("height", KeyHeight), ("fill", colour.Hex))
        );

    // The values that some cell of a panel has, in the order of their axis.
    private Scalar[] Values(IEnumerable<CellRow> panel, int axis)
    {
        var used = panel.Select(cell => cell.Values[axis]).ToHashSet();
        return [.. tables.Plan.Scientific[axis].Values.Where(used.Contains)];
    }

    private void Text(string text, double x, string anchor, string? style = null) =>
        Put(text, x, bottom + SvgPicture.FontSize, anchor, style);

    private void Put(string text, double x, double y, string anchor, string? style = null) =>
        content.Add(
            SvgElement.Text(
                "text",
                text,
                [
                    ("x", x),
                    ("y", y),
                    ("text-anchor", anchor),
                    .. style is null ? [] : ((string, SvgValue)[])[("class", style)],
                ]
            )
        );
}
