namespace Pipeline.Stages.Report;

/// <summary>The names of lines, each behind a piece of its line, in a column.</summary>
internal sealed class LineKey(string title, IReadOnlyList<string> names, double left)
{
    private const double LineHeight = 17;
    private const double Sample = 28;
    private const double Space = 6;

    /// <summary>Where the column ends.</summary>
    public double Right => left + Math.Max(TextWidth.Of(title), Sample + Space + TextWidth.OfWidest(names)) + Space;

    /// <summary>The height of the column that <see cref="DrawFrom"/> draws.</summary>
    public double Height => LineHeight * (names.Count + (title.Length > 0 ? 1 : 0));

    /// <summary>How a line is dashed, as an attribute.</summary>
    public static (string Name, SvgValue Value)[] Dashed(int style) =>
        LineStyle.Dash(style) is { Length: > 0 } dash ? [("stroke-dasharray", dash)] : [];

    /// <summary>The names in their order below each other.</summary>
    public IEnumerable<SvgElement> DrawFrom(double top)
    {
        var start = title.Length > 0 ? top + LineHeight : top;
        return Title(top).Concat(names.SelectMany((_, style) => Name(style, start + (LineHeight * (style + 0.5)))));
    }

    /// <summary>The names beside a frame, each as near to the end of its line as the others let it, with a thin line to it.</summary>
    /// <param name="ends">Where each line ends, or null.</param>
    /// <param name="frame">The frame.</param>
    public IEnumerable<SvgElement> DrawBeside((double X, double Y)?[] ends, PlotFrame frame)
    {
        var top = frame.Top + (title.Length > 0 ? LineHeight : 0);
        var order = Enumerable.Range(0, names.Count).OrderBy(style => ends[style]?.Y ?? frame.Bottom).ToArray();
        var places = Spread(
            [.. order.Select(style => ends[style]?.Y ?? frame.Bottom)],
            top + (LineHeight / 2),
            frame.Bottom
        );
        foreach (var element in Title(frame.Top - (LineHeight / 2)))
            yield return element;
        foreach (var (i, style) in order.Index())
        {
            if (ends[style] is { } end)
            {
                yield return new(
                    "path",
                    ("class", LineStyle.Class("lead", style)),
                    (
                        "d",
                        $"M{PlotFrame.Short(end.X + 3)} {PlotFrame.Short(end.Y)}L{PlotFrame.Short(left - 2)} {PlotFrame.Short(places[i])}"
                    )
                );
            }
            foreach (var element in Name(style, places[i]))
                yield return element;
        }
    }

    /// <summary>Ascending places a line's height apart at least, from top to bottom, near to those wished for.</summary>
    internal static double[] Spread(double[] wished, double top, double bottom)
    {
        var places = (double[])wished.Clone();
        for (var i = 0; i < places.Length; i++)
            places[i] = Math.Max(places[i], i == 0 ? top : places[i - 1] + LineHeight);
        for (var i = places.Length - 1; i >= 0; i--)
            places[i] = Math.Min(places[i], i == places.Length - 1 ? bottom : places[i + 1] - LineHeight);
        return places;
    }

    private IEnumerable<SvgElement> Title(double top) =>
        title.Length == 0 ? [] : [SvgElement.Text("text", title, ("x", left), ("y", top + SvgPicture.FontSize))];

    private IEnumerable<SvgElement> Name(int style, double middle)
    {
        yield return new(
            "path",
            [
                ("class", LineStyle.Class("line", style)),
                ("d", $"M{PlotFrame.Short(left)} {PlotFrame.Short(middle)}h{PlotFrame.Short(Sample)}"),
                .. Dashed(style),
            ]
        );
        yield return SvgElement.Text(
            "text",
            names[style],
            ("x", left + Sample + Space),
            ("y", middle + (SvgPicture.FontSize * 0.35))
        );
    }
}
