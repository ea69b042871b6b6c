using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The cells of a study by their mean test accuracy, the number that its page shows.</summary>
internal sealed class Accuracy
{
    private const string Metric = "test_accuracy";

    private readonly int metric;

    public Accuracy(StudyTables tables)
    {
        metric = tables.Metrics.ToList().IndexOf(Metric);
        Ranked = [.. tables.Cells.Where(cell => Of(cell).Mean is not null).OrderByDescending(cell => Of(cell).Mean)];
    }

    /// <summary>The cells that have a mean, the best first, equals in the order of the plan.</summary>
    public IReadOnlyList<CellRow> Ranked { get; }

    /// <summary>The cells with the best mean: one, or several that are equal.</summary>
    public IEnumerable<CellRow> Best => Ranked.TakeWhile(cell => Of(cell).Mean == Of(Ranked[0]).Mean);

    /// <summary>
    /// Whether a cell can't be told apart from the best one: it has the best mean, or a one-sided paired t test over
    /// the seeds finds no difference at <see cref="Significance.Level"/>.
    /// </summary>
    public bool IsNearBest(CellRow cell) =>
        Of(cell).Mean is { } mean && (mean == Of(Ranked[0]).Mean || cell.BelowBest >= Significance.Level);

    /// <summary>The mean test accuracy of a cell, 0…1, with its interval.</summary>
    public Estimate Of(CellRow cell) => metric < 0 ? new(null, null, null) : cell.Metrics[metric];

    /// <summary>In percent, <c>96.3 ± 0.8</c>; without an interval <c>96.3</c>.</summary>
    public string Percent(CellRow cell) =>
        Of(cell) switch
        {
            { Mean: { } mean, Low: { } low, High: { } high } => $"{Digits(mean)} ± {Digits((high - low) / 2)}",
            { Mean: { } mean } => Digits(mean),
            _ => Markdown.Nothing,
        };

    /// <summary>
    /// A cell as a table shows it: its percentage, bold where it can't be told apart from the best,
    /// or that all its runs diverged.
    /// </summary>
    public string Shown(CellRow cell)
    {
        if (cell.Diverged == cell.Runs)
            return "diverged";
        return IsNearBest(cell) ? $"**{Percent(cell)}**" : Percent(cell);
    }

    private static string Digits(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture);
}
