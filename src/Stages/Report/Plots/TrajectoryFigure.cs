using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The way of the first unit's first two weights in the plane, epoch by epoch, a panel a cell.</summary>
internal static class TrajectoryFigure
{
    private const int FewestEpochs = 3;
    private const string Across = "weight_1";
    private const string Up = "weight_2";

    /// <summary>The picture; null where weights were not followed over three epochs, or in too many cells.</summary>
    public static Figure? Of(StudyTables tables, string file)
    {
        var weights = tables
            .Layers.Where(row => row.Probe is Across or Up && row.Value.Mean is { } mean && double.IsFinite(mean))
            .ToArray();
        if (weights.Length == 0)
            return null;
        var layer = weights.Min(row => row.Layer);
        var ways = weights
            .Where(row => row.Layer == layer)
            .GroupBy(row => row.Cell)
            .Select(cell => (Cell: tables.Cells[cell.Key], Points: Points(cell)))
            .Where(way => way.Points.Length >= FewestEpochs)
            .ToArray();
        if (ways.Length is 0 or > ShownPlot.MostPanels)
            return null;
        var points = ways.SelectMany(way => way.Points).ToArray();
        return new LinePlot
        {
            Title = "The way of two weights",
            XTitle = Across,
            YTitle = Up,
            X = PlotScale.Linear(points.Select(point => point.X)),
            Y = PlotScale.Linear(points.Select(point => point.Y)),
            Panels =
            [
                .. ways.Select(way => new PlotPanel(
                    CellName.Of(tables.Plan.Scientific, way.Cell),
                    [new(0, way.Points)]
                )),
            ],
            IsPath = true,
            Notes =
            [
                $"Of the first unit of layer {Markdown.Count(layer)}, means over the seeds; "
                    + "a ring where it starts, a dot an epoch, a larger one where it ends.",
            ],
            Description = string.Join(
                "; ",
                ways.Select(way =>
                    $"{CellName.Of(tables.Plan.Scientific, way.Cell)}: from {Told(way.Points[0])} to {Told(way.Points[^1])}"
                )
            ),
        }.Draw(file);
    }

    /// <summary>The way that a study asks for.</summary>
    public static ShownPlot Of(StudyTables tables, Plot plot, string file) =>
        Of(tables, file) is { } figure
            ? new(figure)
            : ShownPlot.None(
                plot.ToString(),
                $"no weights were followed over {FewestEpochs} epochs, or in more than {ShownPlot.MostPanels} cells"
            );

    private static PlotPoint[] Points(IEnumerable<LayerRow> rows) =>
        [
            .. from row in rows
            group row by row.Epoch into epoch
            orderby epoch.Key
            let across = epoch.FirstOrDefault(row => row.Probe == Across)
            let up = epoch.FirstOrDefault(row => row.Probe == Up)
            where across is not null && up is not null
            select new PlotPoint(across.Value.Mean!.Value, up.Value.Mean!.Value),
        ];

    private static string Told(PlotPoint point) =>
        $"({Rounding.Significant(point.X, 3)}, {Rounding.Significant(point.Y, 3)})";
}
