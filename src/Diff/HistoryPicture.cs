using System.Globalization;
using Pipeline.Stages.Report;

namespace Pipeline.Diff;

/// <summary>A line a cell: how its test accuracy moved from version to version, all on one scale.</summary>
internal static class HistoryPicture
{
    private const int Row = 24;
    private const int Line = 240;
    private const int Gap = 12;
    private const int Radius = 2;
    private const int MostCells = 60;

    private const string Style =
        "path{fill:none;stroke:#0969da;stroke-width:1.5}circle{fill:#0969da}"
        + "@media (prefers-color-scheme:dark){path{stroke:#4493f8}circle{fill:#4493f8}}";

    /// <summary>The picture; of many cells the first 60.</summary>
    public static byte[] Draw(ResultHistory history)
    {
        var cells = history.Cells.Take(MostCells).ToList();
        var all = cells.SelectMany(cell => cell.Values).OfType<double>().Where(double.IsFinite).ToList();
        var (low, high) = all.Count == 0 ? (0, 1) : (all.Min(), all.Max());
        var names = cells.Max(cell => TextWidth.Of(cell.Name)) + Gap;
        var step = Line / (double)Math.Max(1, history.Versions.Count - 1);
        var content = new List<SvgElement>();
        foreach (var (row, cell) in cells.Index())
        {
            var middle = (row * Row) + (Row / 2.0);
            content.Add(SvgElement.Text("text", cell.Name, ("x", 0), ("y", middle + (SvgPicture.FontSize / 3.0))));
            var points = cell
                .Values.Index()
                .Where(value => value.Item is { } accuracy && double.IsFinite(accuracy))
                .Select(value => (X: names + Radius + (value.Index * step), Y: Height(row, value.Item!.Value)))
                .ToList();
            if (points.Count > 1)
                content.Add(
                    new(
                        "path",
                        ("d", "M" + string.Join('L', points.Select(point => $"{Text(point.X)} {Text(point.Y)}")))
                    )
                );
            content.AddRange(
                points.Select(point => new SvgElement("circle", ("cx", point.X), ("cy", point.Y), ("r", Radius)))
            );
            content.Add(
                SvgElement.Text(
                    "text",
                    cell.Values[^1] is { } last && double.IsFinite(last)
                        ? (last * 100).ToString("0.0", CultureInfo.InvariantCulture)
                        : "–",
                    ("x", names + Line + Gap),
                    ("y", middle + (SvgPicture.FontSize / 3.0))
                )
            );
        }
        return SvgPicture.Write(
            names + Line + (4 * Gap),
            cells.Count * Row,
            $"Test accuracy of {history.Name} by version, %",
            string.Join("; ", cells.Select(cell => $"{cell.Name}: {string.Join(", ", cell.Values.Select(Told))}")),
            content,
            Style
        );

        double Height(int row, double value)
        {
            var share = high > low ? (value - low) / (high - low) : 0.5;
            return (row * Row) + Row - 4 - (share * (Row - 8));
        }
    }

    private static string Told(double? value) =>
        value is { } share && double.IsFinite(share)
            ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture)
            : "none";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
