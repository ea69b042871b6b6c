using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// What the best cell of each test set mistakes for what: a row a class, a column a class that was predicted, counts over the runs of the
/// cell. Only where the cell trains and makes mistakes.
/// </summary>
internal static class ConfusionFigures
{
    private const double Side = 38;
    private const double CellHeight = 24;
    private const double LineHeight = 17;
    private const double Gap = 12;
    private const int MostTold = 10;
    private const string Right = "right, %";
    private const string Legend = "true class ↓  predicted class →";

    private static readonly string[] Notes =
    [
        "grey: right; colours: mistakes, light: few, dark: many of the class's rows",
        "classes are numbered from 0",
    ];

    /// <summary>A picture a test set.</summary>
    public static IReadOnlyList<Figure> Of(StudyTables tables, Accuracy accuracy)
    {
        var confusions = tables.Confusions.ToDictionary(row => row.Cell, row => row.Counts);
        var positions = tables.Cells.Index().ToDictionary(cell => cell.Item, cell => cell.Index);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. accuracy
                .Sets.Where(set => set.Best.Count > 0 && accuracy.Trains(set.Best[0]))
                .Select(set => (Set: set, Counts: confusions.GetValueOrDefault(positions[set.Best[0]])))
                .Where(found => found.Counts is not null && Mistakes(found.Counts).Any())
                .Select(found =>
                    Draw(
                        CellName.Of(tables.Plan.Scientific, found.Set.Best[0]),
                        found.Counts!,
                        PlotFile.Name($"confusion {found.Set.Name}", taken)
                    )
                ),
        ];
    }

    private static Figure Draw(string cell, IReadOnlyList<int> counts, string file)
    {
        var classes = Classes(counts);
        int[] rows = [.. Enumerable.Range(0, classes).Select(row => counts.Skip(row * classes).Take(classes).Sum())];
        var most = Mistakes(counts).Max(mistake => Share(mistake.Count, rows[mistake.True]));
        var title = cell.Length == 0 ? "Mistakes" : $"Mistakes of {cell}";
        var content = new List<SvgElement>();
        Put(title, 0, 0, "start", "plot-title");
        Put(Legend, 0, LineHeight, "start");
        var (left, top) = ((double)LineHeight + Gap, (3 * LineHeight) + Gap);
        var right = left + (classes * Side);
        Put(Right, right + Gap, top - LineHeight - 2, "start");
        for (var row = 0; row < classes; row++)
        {
            var y = top + (row * CellHeight);
            var middle = y + ((CellHeight - SvgPicture.FontSize) / 2) - 1;
            Put(Whole(row), left - 6, middle, "end");
            Put(Whole(row), left + ((row + 0.5) * Side), top - LineHeight - 2, "middle");
            Put(
                rows[row] == 0 ? Markdown.Nothing : Percent(Share(counts[(row * classes) + row], rows[row])),
                right + Gap + TextWidth.Of(Right),
                middle,
                "end"
            );
            for (var column = 0; column < classes; column++)
            {
                var count = counts[(row * classes) + column];
                if (count > 0)
                    Cell(row, column, count, left + (column * Side), y, middle);
            }
        }
        var bottom = top + (classes * CellHeight) + Gap;
        var width = Math.Max(right + Gap + TextWidth.Of(Right), TextWidth.OfBold(title));
        foreach (var note in Notes.SelectMany(note => TextWidth.Wrap(note, Math.Max(width, 420))))
        {
            Put(note, 0, bottom, "start");
            bottom += LineHeight;
            width = Math.Max(width, TextWidth.Of(note));
        }
        var told = Mistakes(counts)
            .OrderByDescending(mistake => mistake.Count)
            .Select(mistake =>
                $"{Whole(mistake.True)} for {Whole(mistake.Predicted)}: {Whole(mistake.Count)} of {Whole(rows[mistake.True])}"
            )
            .ToArray();
        return new(
            file,
            $"{title}: most often {told[0]}",
            SvgPicture.Write(
                width,
                bottom,
                title,
                $"{Whole(Mistakes(counts).Sum(mistake => mistake.Count))} mistakes in {Whole(rows.Sum())} predictions. "
                    + string.Join("; ", told.Take(MostTold)),
                content,
                LineStyle.Css
            )
        );

        void Cell(int row, int column, int count, double x, double y, double middle)
        {
            var colour = Viridis.At(1 - (Share(count, rows[row]) / most));
            (string, SvgValue)[] place = [("x", x), ("y", y), ("width", Side - 1), ("height", CellHeight - 1)];
            content.Add(new("rect", [row == column ? ("class", "plot-hatched") : ("fill", colour.Hex), .. place]));
            var ink = row == column || colour.Ink == Colour.Black ? "plot-black" : "plot-white";
            Put(Whole(count), x + (Side / 2), middle, "middle", ink);
        }

        void Put(string text, double x, double y, string anchor, string? style = null) =>
            content.Add(
                SvgElement.Text(
                    "text",
                    text,
                    [
                        ("x", x),
                        ("y", y + SvgPicture.FontSize),
                        ("text-anchor", anchor),
                        .. style is null ? [] : ((string, SvgValue)[])[("class", style)],
                    ]
                )
            );
    }

    private static IEnumerable<(int True, int Predicted, int Count)> Mistakes(IReadOnlyList<int> counts)
    {
        var classes = Classes(counts);
        return counts
            .Index()
            .Select(cell => (cell.Index / classes, cell.Index % classes, cell.Item))
            .Where(cell => cell.Item1 != cell.Item2 && cell.Item > 0);
    }

    private static int Classes(IReadOnlyList<int> counts) => (int)Math.Sqrt(counts.Count);

    private static double Share(int count, int rows) => (double)count / rows;

    private static string Percent(double share) => (100 * share).ToString("F1", CultureInfo.InvariantCulture);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
