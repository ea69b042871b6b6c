using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// Whether a tuned value is well inside its axis: validation accuracy by the values of a nuisance axis of numbers, a line a cell, the
/// other nuisance axes at the values chosen for it. As the choice is made, means are over the seeds that every trial has, a diverged run
/// counting as 0.
/// </summary>
internal static class TuningFigures
{
    private const string Metric = "validation_accuracy";
    private const double FewestPoints = 5;
    private const double LogarithmicFrom = 8; // learning rates and their like are chosen by ratios

    /// <summary>
    /// A picture a nuisance axis of two numbers at least, and which cells they show in a sentence, empty where they show all.
    /// </summary>
    public static (IReadOnlyList<Figure> Figures, string Choice) Of(StudyTables tables, Accuracy accuracy)
    {
        var metric = tables.Metrics.ToList().IndexOf(Metric);
        var (lines, choice) = CellLines.Choose(tables, accuracy, null);
        if (metric < 0 || lines.Length == 0)
            return ([], "");
        var scientific = tables.Plan.Scientific.Count;
        var runs = tables.Runs.ToLookup(run => Key(run.Values), StringComparer.Ordinal);
        int[] cells = [.. lines.Select(line => line[0])];
        Figure[] figures =
        [
            .. tables
                .Plan.Nuisance.Index()
                .Where(axis => axis.Item.Values.Count > 1 && axis.Item.Values.All(value => value.IsNumber))
                .Select(axis => Draw(axis.Item, [.. cells.Select(cell => Points(tables.Cells[cell], axis.Index))]))
                .OfType<Figure>(),
        ];
        return figures.Length == 0 ? ([], "") : (figures, choice);

        (double X, double Y, bool IsChosen)[] Points(CellRow cell, int axis) =>
            [
                .. tables
                    .Plan.Nuisance[axis]
                    .Values.Select(value =>
                        (
                            Value: value,
                            Runs: runs[
                                Key([.. cell.Values, .. cell.Chosen.Select((chosen, i) => i == axis ? value : chosen)])
                            ]
                                .Take(tables.Plan.AtLeast ?? tables.Plan.Seeds.Count)
                                .ToArray()
                        )
                    )
                    .Where(trial => trial.Runs.Length > 0)
                    .Select(trial =>
                        (
                            trial.Value.ToDouble(),
                            100
                                * trial.Runs.Average(run =>
                                    run.Outcome == RunOutcome.Diverged ? 0 : run.Metrics[metric] ?? 0
                                ),
                            trial.Value == cell.Chosen[axis]
                        )
                    )
                    .OrderBy(point => point.Item1),
            ];

        Figure? Draw(Axis axis, (double X, double Y, bool IsChosen)[][] points)
        {
            if (!points.Any(line => line.Length > 1) || points.Any(line => !line.Any(point => point.IsChosen)))
                return null;
            var axes = CellName.Differing(tables.Plan.Scientific, [.. cells.Select(cell => tables.Cells[cell])]);
            string[] names = [.. cells.Select(cell => CellName.Short(axes, tables.Cells[cell]))];
            var chosen = points.Select(line => line.Single(point => point.IsChosen)).ToArray();
            var y = Scale(
                points,
                chosen.Zip(cells).Where(line => accuracy.Trains(tables.Cells[line.Second])).Select(line => line.First.Y)
            );
            return new LinePlot
            {
                Title = $"Validation accuracy by {axis.Key}, %",
                XTitle = axis.Key,
                YTitle = "Validation accuracy, %",
                X = PlotScale.Fitting(points.SelectMany(line => line).Select(point => point.X), LogarithmicFrom),
                Y = y,
                Notes =
                    y.Low > points.SelectMany(line => line).Min(point => point.Y)
                        ? [$"Below {Ticks.Label(y.Low)} % lines run along the lower edge."]
                        : [],
                Panels =
                [
                    new(
                        "",
                        [
                            .. points.Select(
                                (line, style) =>
                                    new PlotLine(style, [.. line.Select(point => new PlotPoint(point.X, point.Y))])
                                    {
                                        Ringed = Array.FindIndex(line, point => point.IsChosen),
                                    }
                            ),
                        ]
                    ),
                ],
                KeyTitle = string.Join(", ", axes.Select(other => other.Axis.Key)),
                Names = names.Length == 1 ? [] : names,
                Description = string.Join(
                    "; ",
                    names.Zip(
                        chosen,
                        (name, point) =>
                            $"{(name.Length == 0 ? "" : name + ": ")}{Number(point.Y)} at {Ticks.Label(point.X)}"
                    )
                ),
                Summary = Range(chosen.Min(point => point.X), chosen.Max(point => point.X)),
            }.Draw(PlotFile.Name("tuned", axis.Key));
        }

        static string Key(IEnumerable<Scalar> values) => string.Join('\n', values);
    }

    // From as far below the worst of the chosen values of cells that train as that is below the best, or a bit more: what lies
    // lower, such as cells that didn't train and rates that diverged, would take the room from what was chosen between.
    private static PlotScale Scale((double X, double Y, bool IsChosen)[][] points, IEnumerable<double> chosen)
    {
        double[] all = [.. points.SelectMany(line => line).Select(point => point.Y)];
        double[] trained = [.. chosen.Order()];
        if (trained.Length == 0)
            return PlotScale.Shares(all, 100);
        var low = Math.Max(all.Min(), trained[0] - Math.Max(FewestPoints, trained[^1] - trained[0]));
        return PlotScale.Shares(all.Where(value => value >= low).Append(low), 100);
    }

    private static string Range(double low, double high) =>
        low == high ? $"chosen is {Ticks.Label(low)}" : $"chosen from {Ticks.Label(low)} to {Ticks.Label(high)}";

    private static string Number(double percent) => Rounding.Significant(percent, 3);
}
