using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Report;

/// <summary>
/// The colours of a heat map, light for what is good. They span the cells that train: from the best one so far that the better half of
/// them takes a third of the colours at least, and not beyond the worst of them. Cells beyond that share one colour, so that those that
/// learned nothing don't take the colours from differences between the others.
/// </summary>
/// <remarks>
/// As a measure of spread the median distance from the best cell is as robust as the median absolute deviation: up to half of the cells
/// may lie anywhere. Distances are those of the scale, of logarithms on a logarithmic one. A metric of which neither direction is the good
/// one has all its cells on the scale, light for large numbers.
/// </remarks>
internal sealed class HeatScale
{
    private const int Reach = 3;

    private readonly CellMetric metric;

    public HeatScale(StudyTables tables, CellMetric metric, Accuracy accuracy)
    {
        this.metric = metric;
        Scale = metric.Scale;
        double[] all = [.. Values(tables.Cells)];
        double[] trained = [.. Values(tables.Cells.Where(accuracy.Trains)).Select(Rank).OrderDescending()];
        if (metric.Goodness == 0 || trained.Length == 0)
            return;
        var median = trained[0] - trained[(trained.Length - 1) / 2];
        var end = median > 0 ? Math.Max(trained[^1], trained[0] - (Reach * median)) : trained[^1];
        double[] within = [.. all.Where(value => Rank(value) >= end)];
        if (within.Length == all.Length)
            return;
        Scale = metric.Fitting(within);
        IsBroken = all.Any(value => value < Scale.Low || value > Scale.High);

        IEnumerable<double> Values(IEnumerable<CellRow> cells) =>
            cells.Select(cell => metric.Of(cell).Mean).OfType<double>().Where(metric.Scale.Has);
    }

    /// <summary>The numbers that the colours span.</summary>
    public PlotScale Scale { get; }

    /// <summary>Whether cells lie beyond the worse end of <see cref="Scale"/>, which share its colour.</summary>
    public bool IsBroken { get; }

    /// <summary>Whether small numbers are the good ones, so that they are light.</summary>
    public bool IsReversed => metric.Goodness < 0;

    /// <summary>The colour of the best numbers.</summary>
    public static Colour Best => Viridis.At(1);

    /// <summary>Whether a number lies on the scale, not beyond its worse end.</summary>
    public bool Spans(double value) => value >= Scale.Low && value <= Scale.High;

    /// <summary>The colour of a number.</summary>
    public Colour Of(double value) => At(Scale.Place(value));

    /// <summary>The colour of a place on the scale, 0 at its start to 1 at its end.</summary>
    public Colour At(double place) => Viridis.At(IsReversed ? 1 - place : place);

    /// <summary>The numbers beyond a broken scale, <c>&lt; 92</c>.</summary>
    public string Beyond => IsReversed ? $"> {Ticks.Label(Scale.High)}" : $"< {Ticks.Label(Scale.Low)}";

    /// <summary>How to read the colours, a line each.</summary>
    public IEnumerable<string> Notes()
    {
        if (metric.Goodness != 0)
            yield return "light: better, dark: worse";
        if (IsBroken)
            yield return $"{Beyond}: one colour for all, however far";
    }

    // Larger for what is better, in the distances of the scale.
    private double Rank(double value) => metric.Goodness * (metric.Scale.IsLogarithmic ? Float64.Log(value) : value);
}
