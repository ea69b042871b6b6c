namespace Pipeline.Stages.Report;

/// <summary>Lines with bands, in panels that share their scales, and a key to them.</summary>
internal sealed class LinePlot
{
    private const double WidestRow = 760;
    private const double LoneWidth = 420;
    private const double LoneHeight = 260;
    private const double PanelWidth = 230;
    private const double PanelHeight = 190;
    private const double LineHeight = 17;
    private const double Gap = 20;
    private const int MostDots = 100;

    private readonly List<SvgElement> content = [];
    private double right;
    private double bottom;

    /// <summary>What the plot shows, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>How to read it, and further remarks: a line each below the panels.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the plot says, for those who can't see it.</summary>
    public required string Description { get; init; }

    /// <summary>The same in a few words, for the page; null where it is short.</summary>
    public string? Summary { get; init; }

    /// <summary>What runs to the right.</summary>
    public required string XTitle { get; init; }

    /// <summary>What runs upwards.</summary>
    public required string YTitle { get; init; }

    /// <summary>The scale to the right.</summary>
    public required PlotScale X { get; init; }

    /// <summary>The scale upwards.</summary>
    public required PlotScale Y { get; init; }

    /// <summary>What the lines' names are values of; may be empty.</summary>
    public string KeyTitle { get; init; } = "";

    /// <summary>The names of the lines, by their styles; empty where there is nothing to tell apart.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The panels, row by row.</summary>
    public required IReadOnlyList<PlotPanel> Panels { get; init; }

    /// <summary>Whether lines are paths, whose points may lie anywhere: they begin with a ring and end with a dot.</summary>
    public bool IsPath { get; init; }

    /// <summary>Draws the plot.</summary>
    /// <param name="file">The file's name.</param>
    public Figure Draw(string file)
    {
        Text(Title, 0, 0, "start", "plot-title");
        bottom = LineHeight + (Gap / 2);
        if (Panels.Count == 1)
            Lone(Panels[0]);
        else
            Grid();
        // On a logarithmic axis the lower half would fill the panel.
        var isOpen = Panels
            .SelectMany(panel => panel.Lines)
            .SelectMany(line => line.Points)
            .Any(point => Has(point) && point.Low is { } low && !Y.Has(low));
        foreach (
            var note in (
                isOpen ? Notes.Append("Where an interval reaches below 0, its lower half is left out.") : Notes
            ).SelectMany(note => TextWidth.Wrap(note, Math.Max(right, LoneWidth)))
        )
        {
            Text(note, 0, bottom, "start");
            bottom += LineHeight;
        }
        right = Math.Max(right, TextWidth.OfBold(Title));
        return new(
            file,
            $"{Title}: {Summary ?? Description}",
            SvgPicture.Write(right, bottom, Title, Description, content, LineStyle.Css)
        );
    }

    private double Left => (2 * LineHeight) + TextWidth.OfWidest(Y.Ticks.Select(tick => tick.Label));

    // How far the last mark's label reaches over the end of an axis.
    private double Overhang => 2 + (TextWidth.OfWidest(X.Ticks.Select(tick => tick.Label)) / 2);

    // One panel has its lines' names beside their ends.
    private void Lone(PlotPanel panel)
    {
        var height = Math.Max(LoneHeight, LineHeight * (Names.Count + 1));
        var frame = new PlotFrame(X, Y, Left, bottom, LoneWidth, height);
        content.AddRange(frame.Draw(XTitle, YTitle));
        content.AddRange(panel.Lines.SelectMany(line => Line(frame, line)));
        right = frame.Right + Overhang;
        if (Names.Count > 0)
        {
            var ends = Names
                .Select(
                    (_, style) =>
                        panel
                            .Lines.FirstOrDefault(line => line.Style == style)
                            ?.Points.Where(Has)
                            .Select(point => ((double X, double Y)?)frame.At(point))
                            .LastOrDefault()
                )
                .ToArray();
            var key = new LineKey(KeyTitle, Names, right + (Gap / 2));
            content.AddRange(key.DrawBeside(ends, frame));
            right = key.Right;
        }
        bottom = frame.Bottom + PlotFrame.RoomBelow;
    }

    private void Grid()
    {
        var key = new LineKey(KeyTitle, Names, 0);
        var width = Math.Max(PanelWidth, TextWidth.OfWidest(Panels.SelectMany(panel => panel.Title.Split(' '))));
        var gap = Math.Max(Gap, (2 * Overhang) + 6);
        var room = WidestRow - Left - (Names.Count > 0 ? key.Right + gap : 0);
        var across = Math.Clamp((int)((room + gap) / (width + gap)), 1, Panels.Count);
        across = (int)Math.Ceiling(Panels.Count / Math.Ceiling((double)Panels.Count / across));
        var titles = Panels.Select(panel => TextWidth.Wrap(panel.Title, width)).ToArray();
        var top = bottom;
        for (var first = 0; first < Panels.Count; first += across)
        {
            var row = Enumerable.Range(first, Math.Min(across, Panels.Count - first)).ToArray();
            bottom += LineHeight * row.Max(i => titles[i].Count);
            foreach (var i in row)
            {
                var frame = new PlotFrame(X, Y, Left + ((i - first) * (width + gap)), bottom, width, PanelHeight);
                foreach (var (line, text) in titles[i].Index())
                    Text(text, frame.Left, bottom - ((titles[i].Count - line) * LineHeight) - 3, "start");
                content.AddRange(frame.Draw(i + across < Panels.Count ? "" : XTitle, i == first ? YTitle : null));
                content.AddRange(Panels[i].Lines.SelectMany(line => Line(frame, line)));
                right = Math.Max(right, frame.Right + Overhang);
            }
            bottom += PanelHeight + PlotFrame.RoomBelow;
        }
        if (Names.Count == 0)
            return;
        key = new(KeyTitle, Names, right + (Gap / 2));
        content.AddRange(key.DrawFrom(top));
        (right, bottom) = (key.Right, Math.Max(bottom, top + key.Height));
    }

    private IEnumerable<SvgElement> Line(PlotFrame frame, PlotLine line)
    {
        var (band, path, dots) = ("", "", "");
        foreach (var run in Runs(line.Points))
        {
            var points = run.Select(frame.At).ToArray();
            path += PathOf(points, 'M');
            dots += string.Concat(points.Select(point => $"M{PathOf(point)}h0"));
            if (run.TrueForAll(point => point is { Low: not null, High: not null }) && run.Count > 1)
            {
                band +=
                    PathOf([.. run.Select(point => frame.At(point with { Y = point.High!.Value }))], 'M')
                    + PathOf(
                        [
                            .. run.Select(point =>
                                    frame.At(point with { Y = Y.Has(point.Low!.Value) ? point.Low.Value : point.Y })
                                )
                                .Reverse(),
                        ],
                        'L'
                    )
                    + "Z";
            }
        }
        if (path.Length == 0)
            yield break;
        if (band.Length > 0)
            yield return new("path", ("class", LineStyle.Class("band", line.Style)), ("d", band));
        yield return new(
            "path",
            [("class", LineStyle.Class("line", line.Style)), ("d", path), .. LineKey.Dashed(line.Style)]
        );
        if (line.Points.Count <= MostDots)
            yield return new("path", ("class", LineStyle.Class("dots", line.Style)), ("d", dots));
        if (line.Ringed is { } ringed && Has(line.Points[ringed]))
        {
            var (x, y) = frame.At(line.Points[ringed]);
            yield return new("circle", ("class", LineStyle.Class("line", line.Style)), ("cx", x), ("cy", y), ("r", 6));
        }
        if (IsPath)
        {
            var (start, end) = (frame.At(line.Points.First(Has)), frame.At(line.Points.Last(Has)));
            yield return new(
                "circle",
                ("class", LineStyle.Class("line", line.Style)),
                ("cx", start.X),
                ("cy", start.Y),
                ("r", 6)
            );
            yield return new(
                "circle",
                ("class", LineStyle.Class("end", line.Style)),
                ("cx", end.X),
                ("cy", end.Y),
                ("r", 4.5)
            );
        }
    }

    private bool Has(PlotPoint point) => Y.Has(point.Y) && X.Has(point.X);

    // Points that follow one another, without those that have no place.
    private IEnumerable<List<PlotPoint>> Runs(IEnumerable<PlotPoint> points)
    {
        var run = new List<PlotPoint>();
        foreach (var point in points)
        {
            if (Has(point))
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0)
            yield return run;
    }

    private static string PathOf((double X, double Y)[] points, char start) =>
        start + string.Join('L', points.Select(PathOf));

    private static string PathOf((double X, double Y) point) =>
        $"{PlotFrame.Short(point.X)} {PlotFrame.Short(point.Y)}";

    private void Text(string text, double x, double top, string anchor, string? style = null) =>
        content.Add(
            SvgElement.Text(
                "text",
                text,
                [
                    ("x", x),
                    ("y", top + SvgPicture.FontSize),
                    ("text-anchor", anchor),
                    .. style is null ? [] : ((string, SvgValue)[])[("class", style)],
                ]
            )
        );
}
