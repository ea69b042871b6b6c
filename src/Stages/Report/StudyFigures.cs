using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// The pictures of a study's page: those that the study asks for, or else what there is to show; and whatever it asks for samples of its
/// data, what was tuned and what the best cell mistakes.
/// </summary>
internal sealed class StudyFigures
{
    /// <param name="tables">The study.</param>
    /// <param name="previews">Previews of its data sets.</param>
    public StudyFigures(StudyTables tables, IReadOnlyList<DataPreview> previews)
    {
        Samples = SamplesFigures.Of(previews);
        var accuracy = new Accuracy(tables);
        (Tuning, TuningChoice) = TuningFigures.Of(tables, accuracy);
        Confusions = ConfusionFigures.Of(tables, accuracy);
        if (tables.Plan.Plots is { } plots)
        {
            var taken = Samples.Select(figure => figure.File).ToHashSet(StringComparer.OrdinalIgnoreCase);
            Plots = [.. plots.Select(plot => Shown(tables, accuracy, plot, PlotFile.Name(plot.ToString(), taken)))];
            return;
        }
        Accuracy = HeatMap.Automatic(tables, "accuracy.svg");
        (Curves, CurveChoice) = CurveFigures.Of(tables, accuracy);
        Layers = LayerFigures.Of(tables);
        Trajectory = TrajectoryFigure.Of(tables, "trajectory.svg");
    }

    /// <summary>
    /// What the study asks for, in its order; null where it leaves the choice to the report, which
    /// then fills the other properties.
    /// </summary>
    public IReadOnlyList<ShownPlot>? Plots { get; }

    /// <summary>The accuracy of cells as a heat map, or null.</summary>
    public Figure? Accuracy { get; }

    /// <summary>Learning curves; may be empty.</summary>
    public IReadOnlyList<Figure> Curves { get; } = [];

    /// <summary>Which cells the curves show, a sentence; empty where they show all.</summary>
    public string CurveChoice { get; } = "";

    /// <summary>What probes measured, a picture a probe; may be empty.</summary>
    public IReadOnlyList<Figure> Layers { get; } = [];

    /// <summary>The way of weights during training, or null.</summary>
    public Figure? Trajectory { get; }

    /// <summary>Validation accuracy by tuned values, a picture an axis; may be empty.</summary>
    public IReadOnlyList<Figure> Tuning { get; }

    /// <summary>Which cells <see cref="Tuning"/> shows, a sentence; empty where it shows all.</summary>
    public string TuningChoice { get; }

    /// <summary>What the best cell of each test set mistakes for what; may be empty.</summary>
    public IReadOnlyList<Figure> Confusions { get; }

    /// <summary>Samples of the data; may be empty.</summary>
    public IReadOnlyList<Figure> Samples { get; }

    /// <summary>All of them.</summary>
    public IEnumerable<Figure> All =>
        (Plots ?? [])
            .Select(plot => plot.Figure)
            .Append(Accuracy)
            .Append(Trajectory)
            .OfType<Figure>()
            .Concat(Curves)
            .Concat(Layers)
            .Concat(Tuning)
            .Concat(Confusions)
            .Concat(Samples);

    private static ShownPlot Shown(StudyTables tables, Accuracy accuracy, Plot plot, string file) =>
        plot.Kind switch
        {
            PlotKind.Heatmap => HeatMap.Of(tables, plot, file),
            PlotKind.Curves => CurveFigures.Of(tables, accuracy, plot, file),
            PlotKind.Bars => BarPlot.Of(tables, plot, file),
            PlotKind.Layers => LayerFigures.Of(tables, plot, file),
            PlotKind.Trajectory => TrajectoryFigure.Of(tables, plot, file),
            _ => throw new ArgumentOutOfRangeException(nameof(plot), plot.Kind, "This is no kind of plot."),
        };
}
