using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>A metric of cells as pictures show it: accuracies in percent, other numbers as they are.</summary>
internal sealed class CellMetric
{
    private readonly StudyTables tables;
    private readonly string name;
    private readonly int column;
    private readonly bool countsDiverged;

    public CellMetric(StudyTables tables, string name)
    {
        (this.tables, this.name) = (tables, name);
        column = tables
            .Metrics.Index()
            .Where(metric => metric.Item == name)
            .Select(metric => metric.Index)
            .DefaultIfEmpty(-1)
            .First();
        countsDiverged = RunMetric.Parse(name) is PlainMetric { IsShare: true };
        IsPercent = name.EndsWith("_accuracy", StringComparison.Ordinal);
        Ranked = [.. tables.Cells.Where(cell => Of(cell).Mean is not null).OrderByDescending(cell => Of(cell).Mean)];
        var means = Ranked.Select(cell => Of(cell).Mean!.Value);
        Whole =
            IsPercent ? 100
            : IsShare(name) ? 1
            : null;
        Goodness =
            name.EndsWith("_loss", StringComparison.Ordinal)
            || name is PlainMetric.Restarts or LossScaleMetrics.Skipped
            || RunMetric.Parse(name) is EpochsTo
                ? -1
            : countsDiverged ? 1
            : 0;
        Scale = Fitting(means);
        var words = name.Replace('_', ' ');
        Title = IsPercent
            ? $"{char.ToUpperInvariant(words[0])}{words[1..]}, %"
            : name.Replace(",", ", ", StringComparison.Ordinal);
    }

    /// <summary>What the metric is, in a few words.</summary>
    public string Title { get; }

    /// <summary>Whether it is a share that is shown in percent.</summary>
    public bool IsPercent { get; }

    /// <summary>Whether it is the test accuracy, by which cells are told apart.</summary>
    public bool IsTestAccuracy => name == Plot.DefaultMetric;

    /// <summary>What is all of a share, 100 of one in percent, 1 of another; null where the metric is no share.</summary>
    public double? Whole { get; }

    /// <summary>1 where large numbers are the good ones, −1 where small ones are, 0 where neither can be said.</summary>
    public int Goodness { get; }

    /// <summary>The cells that have a number to show, the largest first, equals in the order of the plan.</summary>
    public IReadOnlyList<CellRow> Ranked { get; }

    /// <summary>A scale around the means of all cells.</summary>
    public PlotScale Scale { get; }

    /// <summary>A scale around some numbers of the metric; that of accuracies is linear and has no place beyond 0 and 100 %.</summary>
    public PlotScale Fitting(IEnumerable<double> values) =>
        IsPercent ? PlotScale.Shares(values, 100) : PlotScale.Fitting(values);

    /// <summary>Whether there is anything to show: a number, or that runs diverged.</summary>
    public bool IsKnown => Ranked.Count > 0 || (column >= 0 && tables.Cells.Any(cell => cell.Diverged > 0));

    /// <summary>The mean of a cell with its interval; none of a cell whose runs all diverged, if that counts as 0.</summary>
    public Estimate Of(CellRow cell)
    {
        if (column < 0 || (countsDiverged && cell.Diverged == cell.Runs))
            return new(null, null, null);
        var (factor, estimate) = (IsPercent ? 100 : 1, cell.Metrics[column]);
        return estimate.Mean is { } mean && double.IsFinite(mean)
            ? new(mean * factor, Finite(estimate.Low) * factor, Finite(estimate.High) * factor)
            : new(null, null, null);
    }

    /// <summary>A number of the metric.</summary>
    public string Text(double value) =>
        IsPercent
            ? value.ToString("F1", CultureInfo.InvariantCulture)
            : Ticks.Label(Rounding.Shown(value, Scale.IsLogarithmic ? 2 : 3));

    /// <summary>What stands in a cell: its mean, how many of its runs diverged, or both.</summary>
    public string Shown(CellRow cell) =>
        Of(cell).Mean is { } mean ? Text(mean) + Mark(cell)
        : cell.Diverged == cell.Runs ? "div"
        : Mark(cell).TrimStart();

    /// <summary>
    /// A cell's mean with half of its interval, <c>96.3 ± 0.8</c>, or where that lies unevenly around it with its ends,
    /// <c>100.0 (98.0 to 100.0)</c>; else as <see cref="Shown"/>.
    /// </summary>
    public string Told(CellRow cell) =>
        Of(cell) switch
        {
            { Mean: { } mean, Low: { } low, High: { } high } => Rounding.IsEven(mean, low, high)
                ? $"{Text(mean)} ± {Half((high - low) / 2)}"
                : $"{Text(mean)} ({Text(low)} to {Text(high)})",
            _ => Shown(cell),
        };

    /// <summary>As <see cref="Told"/>, with how many runs diverged, <c>32.5 ± 0.8 †1</c>.</summary>
    public string Marked(CellRow cell) =>
        Of(cell).Mean is null ? Shown(cell) : Told(cell) + (Of(cell).Low is null ? "" : Mark(cell));

    /// <summary>What the marks of diverged runs mean, as far as there are some.</summary>
    public IEnumerable<string> Notes()
    {
        if (tables.Cells.Any(cell => Of(cell).Mean is null && cell.Diverged == cell.Runs))
            yield return "div: all runs of the cell diverged";
        if (tables.Cells.Any(cell => cell.Diverged > 0 && (cell.Diverged < cell.Runs || Of(cell).Mean is not null)))
            yield return "†n: n runs diverged"
                + (
                    countsDiverged ? ", which count as 0"
                    : RunMetric.Parse(name) is PlainMetric
                    && tables.Cells.Any(cell => cell.Diverged > 0 && Of(cell).Mean is null)
                        ? ", so that there is no mean"
                    : ""
                );
    }

    // Cells that are tested by different rows are not ranked.
    private bool HasSeveralTestSets =>
        name.StartsWith("test_", StringComparison.Ordinal)
        && tables
            .Cells.Select(cell => TestSet.Of(tables.Plan.Scientific, cell.Values))
            .Distinct(StringComparer.Ordinal)
            .Skip(1)
            .Any();

    /// <summary>The highest and the lowest number, and how many cells have none.</summary>
    public string Summary()
    {
        var diverged = tables.Cells.Count(cell => Of(cell).Mean is null && cell.Diverged == cell.Runs);
        string[] ends =
            Ranked.Count == 0 ? []
            : HasSeveralTestSets
                ? [$"values from {Text(Of(Ranked[^1]).Mean!.Value)} to {Text(Of(Ranked[0]).Mean!.Value)}"]
            : [$"highest {Named(Ranked[0])}", $"lowest {Named(Ranked[^1])}"];
        string[] others =
            diverged == 0
                ? []
                : [$"all runs diverged in {Markdown.Count(diverged)} of {Markdown.Count(tables.Cells.Count)} cells"];
        return string.Join("; ", ends.Concat(others));

        string Named(CellRow cell) => $"{Told(cell)} ({CellName.Of(tables.Plan.Scientific, cell)})";
    }

    private static string Mark(CellRow cell) =>
        cell.Diverged == 0 ? "" : $" †{cell.Diverged.ToString(CultureInfo.InvariantCulture)}";

    // Those of the metrics of src/Stages/Train/Metrics, and of probes that count.
    private static bool IsShare(string name) =>
        RunMetric.Parse(name) switch
        {
            PlainMetric metric => metric.IsShare && name.StartsWith("test_", StringComparison.Ordinal),
            ProbeValue probe => probe.Probe.EndsWith("_share", StringComparison.Ordinal)
                || probe.Probe.StartsWith("same_sign_", StringComparison.Ordinal),
            _ => false,
        };

    private string Half(double value) => IsPercent ? Text(value) : Ticks.Label(CanonicalJson.Rounded(value, 2));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
