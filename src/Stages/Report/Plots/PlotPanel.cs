namespace Pipeline.Stages.Report;

/// <summary>A point of a line, with its interval where it has one.</summary>
internal readonly record struct PlotPoint(double X, double Y, double? Low = null, double? High = null);

/// <summary>A line of a plot.</summary>
/// <param name="Style">Which of the plot's lines it is, from 0: a line has the same style in every panel.</param>
/// <param name="Points">Its points, in their order.</param>
internal sealed record PlotLine(int Style, IReadOnlyList<PlotPoint> Points)
{
    /// <summary>Which of its points has a ring around it, or null.</summary>
    public int? Ringed { get; init; }
}

/// <summary>A part of a plot that has axes of its own.</summary>
/// <param name="Title">What it shows; empty where the plot has no other.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record PlotPanel(string Title, IReadOnlyList<PlotLine> Lines);
