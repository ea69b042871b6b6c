using System.Text.RegularExpressions;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// What probes measured: by layer in the deepest networks of a study, or by epoch where there is a
/// single layer; a picture a probe.
/// </summary>
internal static partial class LayerFigures
{
    private const int MostLines = 10;
    private const int FewestEpochs = 3;
    private const double FarFromMost = 100;
    private const string First = "weight_gradient_norm";

    /// <summary>The pictures, that of the gradients' norm first, then in ordinal order of the probes.</summary>
    public static IReadOnlyList<Figure> Of(StudyTables tables) =>
        [
            .. tables
                .Layers.GroupBy(row => row.Probe, StringComparer.Ordinal)
                .Where(probe => !Weight().IsMatch(probe.Key))
                .OrderBy(probe => probe.Key != First)
                .ThenBy(probe => probe.Key, StringComparer.Ordinal)
                .Select(probe => Draw(tables, probe.Key, [.. probe], null))
                .OfType<Figure>(),
        ];

    /// <summary>The layers that a study asks for.</summary>
    public static ShownPlot Of(StudyTables tables, Plot plot, string file)
    {
        var probe = plot.Subject[0];
        var rows = tables.Layers.Where(row => row.Probe == probe).ToArray();
        if (rows.Length == 0)
        {
            var measured = tables
                .Layers.Select(row => row.Probe)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(Markdown.Code);
            return ShownPlot.None(
                plot.ToString(),
                tables.Layers.Count == 0
                    ? "nothing was measured"
                    : $"no probe measured this, but {string.Join(", ", measured)}"
            );
        }
        return Draw(tables, probe, rows, file) is { } figure
            ? new(figure)
            : ShownPlot.None(
                plot.ToString(),
                $"there is nothing to draw over several layers or {FewestEpochs} epochs, "
                    + $"or it takes more than {ShownPlot.MostPanels} panels"
            );
    }

    [GeneratedRegex("^weight_[0-9]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Weight();

    private static Figure? Draw(StudyTables tables, string probe, LayerRow[] rows, string? file)
    {
        var depths = rows.GroupBy(row => row.Cell).ToDictionary(cell => cell.Key, cell => cell.Max(row => row.Layer));
        var depth = depths.Values.Max();
        var cells = depths.Keys.Where(cell => depths[cell] == depth).Order().ToArray();
        var shown = rows.Where(row => depths[row.Cell] == depth).ToArray();
        int[] epochs = [.. shown.Select(row => row.Epoch).Distinct().Order()];
        var isByEpoch = shown.Select(row => row.Layer).Distinct().Take(2).Count() == 1;
        if (isByEpoch && epochs.Length < FewestEpochs)
            return null;
        var axes = CellName.Differing(tables.Plan.Scientific, [.. cells.Select(cell => tables.Cells[cell])]);
        var along = axes.Where(axis => Values(axis.Index).Length <= MostLines)
            .OrderByDescending(axis => Values(axis.Index).Length)
            .Take(1)
            .ToArray();
        var names = along.SelectMany(axis => Values(axis.Index)).ToArray();
        var others = axes.Except(along).ToArray();
        var groups = cells.GroupBy(cell => CellName.Of(others, tables.Cells[cell]), StringComparer.Ordinal).ToArray();
        int?[] moments =
            isByEpoch ? [null]
            : epochs.Length == 1 ? [epochs[0]]
            : [epochs[0], epochs[^1]];
        if (groups.Length * moments.Length > ShownPlot.MostPanels)
            moments = moments[..1];
        if (groups.Length > ShownPlot.MostPanels)
            return null;

        var isSize = IsSpread(shown);
        var panels = groups
            .SelectMany(
                _ => moments,
                (group, moment) =>
                    new PlotPanel(
                        string.Join(
                            ", ",
                            new[]
                            {
                                group.Key,
                                moment is { } epoch && moments.Length > 1 ? Time(epoch).Replace(' ', '\u00A0') : "",
                            }.Where(part => part.Length > 0)
                        ),
                        [
                            .. group.Select(cell => new PlotLine(
                                names.Length == 0 ? 0 : Array.IndexOf(names, tables.Cells[cell].Values[along[0].Index]),
                                Points(
                                    shown.Where(row => row.Cell == cell && (moment is null || row.Epoch == moment)),
                                    isByEpoch,
                                    isSize
                                )
                            )),
                        ]
                    )
            )
            .ToArray();
        var points = panels.SelectMany(panel => panel.Lines).SelectMany(line => line.Points).ToArray();
        if (points.Length == 0)
            return null;
        var isShare = probe.EndsWith("_share", StringComparison.Ordinal);
        var y = isShare ? PlotScale.Linear([0, 1]) : PlotScale.Fitting(points.Select(point => point.Y));
        var title = isSize ? $"|{probe}|" : probe;
        return new LinePlot
        {
            Title = isByEpoch
                ? $"{title} by epoch"
                : $"{title} by layer" + (moments.Length == 1 ? $", {Time(moments[0]!.Value)}" : ""),
            XTitle = isByEpoch ? "epoch" : "layer",
            YTitle = title,
            X = PlotScale.Whole(points.Select(point => point.X)),
            Y =
                y.IsLogarithmic || isShare
                    ? y
                    : PlotScale.Linear(
                        points.SelectMany(point => new[] { point.Y, point.Low ?? point.Y, point.High ?? point.Y })
                    ),
            Panels = panels,
            KeyTitle = along.Length == 0 ? "" : along[0].Axis.Key,
            Names =
            [
                .. names.Select(
                    (name, style) =>
                        name + Fate(panels.SelectMany(panel => panel.Lines).Where(line => line.Style == style), y)
                ),
            ],
            Notes = [.. Depths(tables, depths, depth), .. y.Notes(points.Select(point => point.Y))],
            Description = Describe(panels, names),
            Summary =
                $"values from {Rounding.Significant(points.Min(point => point.Y), 2)} "
                + $"to {Rounding.Significant(points.Max(point => point.Y), 2)}",
        }.Draw(file ?? PlotFile.Name(isByEpoch ? "epochs" : "layers", probe));

        Scalar[] Values(int axis)
        {
            var used = cells.Select(cell => tables.Cells[cell].Values[axis]).ToHashSet();
            return [.. tables.Plan.Scientific[axis].Values.Where(used.Contains)];
        }
    }

    private static IEnumerable<string> Depths(StudyTables tables, Dictionary<int, int> depths, int depth)
    {
        if (depths.Values.All(other => other == depth))
            return [];
        var deepest = depths.Keys.Where(cell => depths[cell] == depth).Select(cell => tables.Cells[cell]).ToArray();
        var kept = tables
            .Plan.Scientific.Index()
            .Where(axis =>
                deepest.Select(cell => cell.Values[axis.Index]).Distinct().Take(2).Count() == 1
                && axis.Item.Values.Count > 1
            )
            .Select(axis => $"{axis.Item.Key}={deepest[0].Values[axis.Index]}");
        return [$"The deepest networks alone: {string.Join(' ', kept)}"];
    }

    private static string Time(int epoch) =>
        epoch == 0 ? "at initialization" : $"after {Markdown.Count(epoch)} {(epoch == 1 ? "epoch" : "epochs")}";

    // Values of both signs, some far larger than most: only their sizes can be seen side by side.
    private static bool IsSpread(LayerRow[] rows)
    {
        var values = rows.Select(row => row.Value.Mean).OfType<double>().Where(double.IsFinite).ToArray();
        var sizes = values.Select(Math.Abs).Where(size => size > 0).Order().ToArray();
        return values.Any(value => value < 0) && sizes[^1] > FarFromMost * sizes[sizes.Length / 2];
    }

    private static PlotPoint[] Points(IEnumerable<LayerRow> rows, bool isByEpoch, bool isSize) =>
        [
            .. from row in rows
            where row.Value.Mean is { } mean && double.IsFinite(mean)
            let x = isByEpoch ? row.Epoch : row.Layer
            orderby x
            select isSize
                ? new PlotPoint(x, Math.Abs(row.Value.Mean!.Value))
                : new PlotPoint(x, row.Value.Mean!.Value, Finite(row.Value.Low), Finite(row.Value.High)),
        ];

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string Fate(IEnumerable<PlotLine> lines, PlotScale y)
    {
        var points = lines.SelectMany(line => line.Points).ToArray();
        return points.Length == 0 ? " (none)"
            : points.Any(point => y.Has(point.Y)) ? ""
            : " (0)";
    }

    private static string Describe(PlotPanel[] panels, Scalar[] names) =>
        string.Join(
            "; ",
            panels.SelectMany(panel =>
                panel
                    .Lines.Where(line => line.Points.Count > 0)
                    .Select(line =>
                    {
                        var name = string.Join(
                            ' ',
                            new[]
                            {
                                panel.Title.Replace('\u00A0', ' '),
                                names.Length == 0 ? "" : names[line.Style].ToString(),
                            }.Where(part => part.Length > 0)
                        );
                        return (name.Length == 0 ? "" : name + ": ")
                            + $"{Rounding.Significant(line.Points[0].Y, 2)} to {Rounding.Significant(line.Points[^1].Y, 2)}";
                    })
            )
        );
}
