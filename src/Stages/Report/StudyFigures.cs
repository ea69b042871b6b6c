using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The pictures of a study's page.</summary>
internal sealed class StudyFigures
{
    /// <param name="tables">The study.</param>
    /// <param name="previews">Previews of its data sets.</param>
    public StudyFigures(StudyTables tables, IReadOnlyList<DataPreview> previews)
    {
        var accuracy = new Accuracy(tables);
        Accuracy = HeatMap.Draw(tables, accuracy, "accuracy.svg");
        (Curves, CurveChoice) = CurveFigures.Of(tables, accuracy);
        Layers = LayerFigures.Of(tables);
        Trajectory = TrajectoryFigure.Of(tables);
        Samples = SamplesFigures.Of(previews);
    }

    /// <summary>The accuracy of cells as a heat map, or null.</summary>
    public Figure? Accuracy { get; }

    /// <summary>Learning curves; may be empty.</summary>
    public IReadOnlyList<Figure> Curves { get; }

    /// <summary>Which cells the curves show, a sentence; empty where they show all.</summary>
    public string CurveChoice { get; }

    /// <summary>What probes measured, a picture a probe; may be empty.</summary>
    public IReadOnlyList<Figure> Layers { get; }

    /// <summary>The way of weights during training, or null.</summary>
    public Figure? Trajectory { get; }

    /// <summary>Samples of the data; may be empty.</summary>
    public IReadOnlyList<Figure> Samples { get; }

    /// <summary>All of them.</summary>
    public IEnumerable<Figure> All => new[] { Accuracy, Trajectory }.OfType<Figure>().Concat(Curves).Concat(Layers).Concat(Samples);
}
