using System.Globalization;

namespace Pipeline.Stages.Report;

/// <summary>A rectangle with an axis below and one to the left.</summary>
internal sealed class PlotFrame(PlotScale x, PlotScale y, double left, double top, double width, double height)
{
    /// <summary>The room below a frame that its marks and the title of its axis take.</summary>
    public const double RoomBelow = 46;

    private const double TickLength = 4;

    public double Left => left;

    public double Right => left + width;

    public double Top => top;

    public double Bottom => top + height;

    /// <summary>Where a point lies.</summary>
    public (double X, double Y) At(PlotPoint point) =>
        (Left + (x.Place(point.X) * width), Bottom - (y.Place(point.Y) * height));

    /// <summary>The axes with their marks.</summary>
    /// <param name="xTitle">What runs to the right.</param>
    /// <param name="yTitle">What runs upwards; null where a frame to the left has the same axis.</param>
    public IEnumerable<SvgElement> Draw(string xTitle, string? yTitle)
    {
        var (grid, ticks, labels) = ("", "", new List<SvgElement>());
        foreach (var tick in y.Ticks)
        {
            var place = Bottom - (y.Place(tick.Value) * height);
            grid += $"M{Short(Left)} {Short(place)}H{Short(Right)}";
            ticks += $"M{Short(Left - TickLength)} {Short(place)}H{Short(Left)}";
            if (yTitle is not null)
                labels.Add(
                    SvgElement.Text(
                        "text",
                        tick.Label,
                        ("x", Left - TickLength - 3),
                        ("y", place + (SvgPicture.FontSize * 0.35)),
                        ("text-anchor", "end")
                    )
                );
        }
        foreach (var tick in WithRoom(x, width))
        {
            var place = Left + (x.Place(tick.Value) * width);
            ticks += $"M{Short(place)} {Short(Bottom)}V{Short(Bottom + TickLength)}";
            labels.Add(
                SvgElement.Text(
                    "text",
                    tick.Label,
                    ("x", place),
                    ("y", Bottom + TickLength + SvgPicture.FontSize),
                    ("text-anchor", "middle")
                )
            );
        }
        yield return new("path", ("class", "plot-grid"), ("d", grid));
        yield return new(
            "path",
            ("class", "plot-axis"),
            ("d", $"M{Short(Left)} {Short(Top)}V{Short(Bottom)}H{Short(Right)}{ticks}")
        );
        foreach (var label in labels)
            yield return label;
        if (xTitle.Length > 0)
            yield return SvgElement.Text(
                "text",
                xTitle,
                ("x", Left + (width / 2)),
                ("y", Bottom + TickLength + (2.4 * SvgPicture.FontSize)),
                ("text-anchor", "middle")
            );
        if (yTitle is { Length: > 0 })
        {
            var (middle, edge) = (
                Top + (height / 2),
                Left - TickLength - 9 - TextWidth.OfWidest(y.Ticks.Select(tick => tick.Label))
            );
            yield return SvgElement.Text(
                "text",
                yTitle,
                ("x", edge),
                ("y", middle),
                ("text-anchor", "middle"),
                ("transform", $"rotate(-90 {Short(edge)} {Short(middle)})")
            );
        }
    }

    /// <summary>Of the marks of an axis that runs to the right, each whose label doesn't run into the one before.</summary>
    public static IEnumerable<Tick> WithRoom(PlotScale scale, double width)
    {
        var end = double.NegativeInfinity;
        foreach (var tick in scale.Ticks)
        {
            var (middle, half) = (scale.Place(tick.Value) * width, TextWidth.Of(tick.Label) / 2);
            if (middle - half < end)
                continue;
            end = middle + half + (SvgPicture.FontSize / 2.0);
            yield return tick;
        }
    }

    /// <summary>A coordinate with one decimal, as a path has it.</summary>
    public static string Short(double coordinate)
    {
        var text = coordinate.ToString("0.#", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
