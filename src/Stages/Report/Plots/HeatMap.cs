using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// The mean test accuracy of cells as colours: the first axis down, the second across, a panel for each combination of the others, as the tables have it.
/// </summary>
internal sealed class HeatMap
{
    /// <summary>With more panels a picture tells less than tables do.</summary>
    public const int MostPanels = 12;

    private const double WidestRow = 760;
    private const double CellHeight = 28;
    private const double NarrowCell = 54;
    private const double WideCell = 96;
    private const double LineHeight = 17;
    private const double Gap = 22;
    private const double HatchStep = 7;
    private const double Slope = 0.7071; // of names that stand at 45°
    private const int MostTicks = 6;

    private readonly StudyTables tables;
    private readonly Accuracy accuracy;
    private readonly IGrouping<string, CellRow>[] panels;
    private readonly PlotScale scale;
    private readonly double rowNames;
    private readonly double columnNames;
    private readonly bool isUpright;
    private readonly double cellWidth;
    private readonly List<SvgElement> content = [];
    private double bottom;

    private HeatMap(StudyTables tables, Accuracy accuracy)
    {
        (this.tables, this.accuracy) = (tables, accuracy);
        panels = Panels(tables);
        scale = PlotScale.Linear(tables.Cells.Where(cell => cell.Diverged < cell.Runs).Select(Percent).OfType<double>());
        rowNames = TextWidth.OfWidest(tables.Cells.Select(cell => cell.Values[0].ToString())) + 8;
        var widest = TextWidth.OfWidest(tables.Cells.Select(cell => cell.Values[1].ToString()));
        isUpright = widest + 8 > WideCell;
        cellWidth = isUpright ? NarrowCell : Math.Max(NarrowCell, widest + 8);
        columnNames = isUpright ? (widest * Slope) + LineHeight : LineHeight;
    }

    /// <summary>Draws the picture; null where there are not two axes, there is nothing to show, or there are too many panels.</summary>
    /// <param name="tables">The study.</param>
    /// <param name="accuracy">Its cells' accuracies.</param>
    /// <param name="file">The file's name.</param>
    public static Figure? Draw(StudyTables tables, Accuracy accuracy, string file) =>
        tables.Plan.Scientific.Count < 2 || accuracy.Ranked.Count == 0 || Panels(tables).Length > MostPanels
            ? null
            : new HeatMap(tables, accuracy).Draw(file);

    private static IGrouping<string, CellRow>[] Panels(StudyTables tables) =>
        [.. tables.Cells.GroupBy(cell => CellName.Of(tables.Plan.Scientific, cell, from: 2), StringComparer.Ordinal)];

    private Figure Draw(string file)
    {
        var axes = tables.Plan.Scientific;
        const string title = "Test accuracy, %";
        Text(title, 0, "start", "plot-title");
        bottom += LineHeight;
        var legend = $"{axes[0].Key} ↓  {axes[1].Key} →";
        Text(legend, 0, "start");
        bottom += LineHeight + (Gap / 2);
        var right = Math.Max(Grid(), TextWidth.Of(legend));
        right = Math.Max(right, Key());
        var description = Describe();
        return new(file, $"{title}: {description}", SvgPicture.Write(right, bottom, title, description, content, LineStyle.Css));
    }

    private double Grid()
    {
        var most = panels.Max(panel => Values(panel, 1).Length);
        // The last name of a row that stands upright leans over the cell's edge.
        var lean = isUpright ? Math.Max(0, (columnNames - LineHeight) - (cellWidth / 2)) : 0;
        var step = Math.Max(most * cellWidth, TextWidth.OfWidest(panels.SelectMany(panel => panel.Key.Split(' '))));
        var across = Math.Clamp((int)((WidestRow - rowNames - lean + Gap) / (step + Gap)), 1, panels.Length);
        for (var first = 0; first < panels.Length; first += across)
        {
            var row = panels[first..Math.Min(first + across, panels.Length)];
            var titles = Array.ConvertAll(row, panel => panel.Key.Length == 0 ? [] : TextWidth.Wrap(panel.Key, step));
            var (top, room) = (bottom, titles.Max(title => title.Count) * LineHeight);
            var names = row.SelectMany(panel => Values(panel, 0)).ToHashSet();
            var rows = Array.FindAll([.. tables.Plan.Scientific[0].Values], names.Contains);
            bottom = top + room + columnNames;
            foreach (var (i, name) in rows.Index())
                Put(name.ToString(), rowNames - 8, bottom + ((i + 0.5) * CellHeight) + (SvgPicture.FontSize * 0.35), "end");
            for (var i = 0; i < row.Length; i++)
            {
                var left = rowNames + (i * (step + Gap));
                foreach (var (line, text) in titles[i].Index())
                    Put(text, left, top + (line * LineHeight) + SvgPicture.FontSize, "start");
                Panel(row[i], rows, left);
            }
            bottom += (rows.Length * CellHeight) + Gap;
        }
        return rowNames + (Math.Min(across, panels.Length) * (step + Gap)) - Gap + lean;
    }

    private void Panel(IGrouping<string, CellRow> panel, Scalar[] rows, double left)
    {
        var columns = Values(panel, 1);
        foreach (var (i, name) in columns.Index())
        {
            var (x, y) = (left + ((i + 0.5) * cellWidth), bottom - 6);
            if (isUpright)
                content.Add(SvgElement.Text("text", name.ToString(), ("x", x), ("y", y), ("transform", $"rotate(-45 {PlotFrame.Short(x)} {PlotFrame.Short(y)})")));
            else
                Put(name.ToString(), x, y, "middle");
        }
        foreach (var cell in panel)
            Cell(cell, left + (Array.IndexOf(columns, cell.Values[1]) * cellWidth), bottom + (Array.IndexOf(rows, cell.Values[0]) * CellHeight));
    }

    private void Cell(CellRow cell, double x, double y)
    {
        var (width, height) = (cellWidth - 1, CellHeight - 1);
        if (cell.Diverged == cell.Runs)
        {
            content.Add(new("rect", ("class", "plot-hatched"), ("x", x), ("y", y), ("width", width), ("height", height)));
            content.Add(new("path", ("class", "plot-hatch"), ("d", Hatch(x, y, width, height))));
            content.Add(new("rect", ("class", "plot-hatched"), ("x", x + (width / 2) - 14), ("y", y + 6), ("width", 28), ("height", height - 12)));
            Put("div", x + (width / 2), y + (CellHeight / 2) + 4, "middle", "plot-black");
            return;
        }
        if (Percent(cell) is not { } percent)
            return;
        var colour = Viridis.At(scale.Place(percent));
        content.Add(new("rect", ("x", x), ("y", y), ("width", width), ("height", height), ("fill", colour.Hex)));
        var text = percent.ToString("F1", CultureInfo.InvariantCulture) + (cell.Diverged > 0 ? $" †{cell.Diverged.ToString(CultureInfo.InvariantCulture)}" : "");
        Put(text, x + (width / 2), y + (CellHeight / 2) + 4, "middle", colour.Ink == Colour.Black ? "plot-black" : "plot-white");
    }

    /// <summary>Lines at 45° that end at the edges of a rectangle.</summary>
    private static string Hatch(double x, double y, double width, double height)
    {
        var path = "";
        for (var along = HatchStep; along < width + height; along += HatchStep)
        {
            var (left, right) = (Math.Max(0, along - height), Math.Min(along, width));
            path += $"M{PlotFrame.Short(x + left)} {PlotFrame.Short(y + along - left)}L{PlotFrame.Short(x + right)} {PlotFrame.Short(y + along - right)}";
        }
        return path;
    }

    // The colour bar, and what the marks of cells mean.
    private double Key()
    {
        const double width = 240, height = 12;
        const int steps = 60;
        var left = rowNames;
        for (var i = 0; i < steps; i++)
        {
            // Without the overlap, the page shines through between two steps.
            var overlap = i == steps - 1 ? 0 : 1;
            content.Add(new(
                "rect", ("x", left + (i * width / steps)), ("y", bottom), ("width", (width / steps) + overlap), ("height", height), ("fill", Viridis.At((i + 0.5) / steps).Hex)));
        }
        bottom += height;
        foreach (var tick in Ticks.Linear(scale.Low, scale.High, MostTicks))
            Put(tick.Label, left + (scale.Place(tick.Value) * width), bottom + SvgPicture.FontSize + 2, "middle");
        bottom += LineHeight + 4;
        var right = left + width + Gap;
        foreach (var (isUsed, text) in new[]
        {
            (tables.Cells.Any(cell => cell.Diverged == cell.Runs), "div: all runs of the cell diverged"),
            (tables.Cells.Any(cell => cell.Diverged > 0 && cell.Diverged < cell.Runs), "†n: n runs diverged, which count as 0"),
        })
        {
            if (!isUsed)
                continue;
            Text(text, left, "start");
            bottom += LineHeight;
            right = Math.Max(right, left + TextWidth.Of(text));
        }
        return right;
    }

    private string Describe()
    {
        var (best, worst) = (accuracy.Ranked[0], accuracy.Ranked.LastOrDefault(cell => cell.Diverged < cell.Runs) ?? accuracy.Ranked[0]);
        var diverged = tables.Cells.Count(cell => cell.Diverged == cell.Runs);
        return $"highest {Told(best)}; lowest {Told(worst)}" + (diverged == 0 ? "" : $"; all runs diverged in {Markdown.Count(diverged)} of {Markdown.Count(tables.Cells.Count)} cells");

        string Told(CellRow cell) => $"{accuracy.Percent(cell)} ({CellName.Of(tables.Plan.Scientific, cell)})";
    }

    private double? Percent(CellRow cell) => accuracy.Of(cell).Mean * 100;

    // The values that some cell of a panel has, in the order of their axis.
    private Scalar[] Values(IEnumerable<CellRow> panel, int axis)
    {
        var used = panel.Select(cell => cell.Values[axis]).ToHashSet();
        return [.. tables.Plan.Scientific[axis].Values.Where(used.Contains)];
    }

    private void Text(string text, double x, string anchor, string? style = null) => Put(text, x, bottom + SvgPicture.FontSize, anchor, style);

    private void Put(string text, double x, double y, string anchor, string? style = null) =>
        content.Add(SvgElement.Text("text", text, [("x", x), ("y", y), ("text-anchor", anchor), .. style is null ? [] : ((string, SvgValue)[])[("class", style)]]));
}
