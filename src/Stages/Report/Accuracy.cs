using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The cells of a study by their mean test accuracy, the number that its page shows.</summary>
internal sealed class Accuracy
{
    private const string Metric = "test_accuracy";

    private readonly int metric;
    private readonly Dictionary<CellRow, RankedCells> sets = [];
    private readonly Dictionary<string, double> floors;

    public Accuracy(StudyTables tables)
    {
        var hasSeeds = tables.Plan.Seeds.Count > 1;
        metric = tables.Metrics.ToList().IndexOf(Metric);
        Sets =
        [
            .. tables
                .Cells.GroupBy(cell => TestSet.Of(tables.Plan.Scientific, cell.Values), StringComparer.Ordinal)
                .Select(group => new RankedCells(
                    group.Key,
                    [.. group.OrderByDescending(cell => Of(cell).Mean)],
                    Of,
                    hasSeeds
                )),
        ];
        floors = Sets.ToDictionary(
            set => set.Name,
            set => Chance.Floor(Chance.Of(tables, set.Name)),
            StringComparer.Ordinal
        );
        foreach (var set in Sets)
        foreach (var cell in set.Cells)
            sets[cell] = set;
        Ranked =
        [
            .. Sets.SelectMany(set => set.Ranked.Index())
                .OrderBy(place => place.Index)
                .ThenByDescending(place => Of(place.Item).Mean)
                .Select(place => place.Item),
        ];
    }

    /// <summary>The cells that can be compared, those that are tested by the same rows together, in the order of the plan.</summary>
    public IReadOnlyList<RankedCells> Sets { get; }

    /// <summary>
    /// The cells that have a mean: the best first, equals in the order of the plan. Where there are several test sets the best of each come
    /// first, then the second best.
    /// </summary>
    public IReadOnlyList<CellRow> Ranked { get; }

    /// <summary>Whether a cell can't be told apart from the best one of its test set (see <see cref="RankedCells.IsNearBest"/>).</summary>
    public bool IsNearBest(CellRow cell) => sets[cell].IsNearBest(cell);

    /// <summary>Whether a cell can't be told apart because it was not compared with the best of its test set.</summary>
    public bool HasUncompared =>
        Sets.Any(set => set.Ranked.Except(set.Best).Any(cell => cell.BelowBest is null && set.IsNearBest(cell)));

    /// <summary>Whether a cell's mean test accuracy is above <see cref="Chance.Floor"/>: it learned something.</summary>
    public bool Trains(CellRow cell) => Of(cell).Mean > floors[sets[cell].Name];

    /// <summary>The accuracies that <see cref="Trains"/> asks for, in percent, one a test set: <c>20.2</c>.</summary>
    public string Floors =>
        string.Join(" and ", Sets.Select(set => Digits(floors[set.Name])).Distinct(StringComparer.Ordinal));

    /// <summary>The mean test accuracy of a cell, 0…1, with its interval.</summary>
    public Estimate Of(CellRow cell) => metric < 0 ? new(null, null, null) : cell.Metrics[metric];

    /// <summary>
    /// In percent, <c>96.3 ± 0.8</c>, or where the interval lies unevenly around its mean <c>100.0 (98.0 to 100.0)</c>; without one
    /// <c>96.3</c>. Behind it stands how many of its runs diverged, <c>†1</c>.
    /// </summary>
    public string Percent(CellRow cell) =>
        (
            Of(cell) switch
            {
                { Mean: { } mean, Low: { } low, High: { } high } => Rounding.IsEven(mean, low, high)
                    ? $"{Digits(mean)} ± {Digits((high - low) / 2)}"
                    : $"{Digits(mean)} ({Digits(low)} to {Digits(high)})",
                { Mean: { } mean } => Digits(mean),
                _ => Markdown.Nothing,
            }
        ) + (cell.Diverged == 0 ? "" : $" †{Markdown.Count(cell.Diverged)}");

    /// <summary>
    /// A cell as a table shows it: its percentage, bold where it can't be told apart from the best,
    /// or that all its runs diverged.
    /// </summary>
    public string Shown(CellRow cell)
    {
        var text = cell.Diverged == cell.Runs ? "diverged" : Percent(cell);
        return IsNearBest(cell) ? $"**{text}**" : text;
    }

    private static string Digits(double share) => (share * 100).ToString("F1", CultureInfo.InvariantCulture);
}
