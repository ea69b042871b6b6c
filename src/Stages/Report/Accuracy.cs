using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The cells of a study by their mean test accuracy, the number that its page shows.</summary>
internal sealed class Accuracy
{
    private const string Metric = "test_accuracy";

    private readonly int metric;
    private readonly double? limit;

    public Accuracy(StudyTables tables)
    {
        metric = tables.Metrics.TakeWhile(name => name != Metric).Count();
        metric = metric == tables.Metrics.Count ? -1 : metric;
        Ranked = [.. tables.Cells.Where(cell => Of(cell).Mean is not null).OrderByDescending(cell => Of(cell).Mean)];
        if (Ranked is [var best, ..])
            limit = Of(best).Low ?? Of(best).Mean;
    }

    /// <summary>The cells that have a mean, the best first, equals in the order of the plan.</summary>
    public IReadOnlyList<CellRow> Ranked { get; }

    /// <summary>The cells with the best mean: one, or several that are equal.</summary>
    public IEnumerable<CellRow> Best => Ranked.TakeWhile(cell => Of(cell).Mean == Of(Ranked[0]).Mean);

    /// <summary>Whether a cell's mean lies within the best cell's interval (without intervals: equals the best).</summary>
    public bool IsNearBest(CellRow cell) => Of(cell).Mean >= limit;

    /// <summary>In percent, <c>96.3 ± 0.8</c>; without an interval <c>96.3</c>.</summary>
    public string Percent(CellRow cell) => Of(cell) switch
    {
        { Mean: { } mean, Low: { } low, High: { } high } => $"{Digits(mean)} ± {Digits((high - low) / 2)}",
        { Mean: { } mean } => Digits(mean),
        _ => Markdown.Nothing,
    };

    /// <summary>A cell as a table shows it: its percentage, bold within the best cell's interval, or that all its runs diverged.</summary>
    public string Shown(CellRow cell)
    {
        if (cell.Diverged == cell.Runs)
            return "diverged";
        return IsNearBest(cell) ? $"**{Percent(cell)}**" : Percent(cell);
    }

    private Estimate Of(CellRow cell) => metric < 0 ? new(null, null, null) : cell.Metrics[metric];

    private static string Digits(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture);
}
