using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The tables of a study's page that show cells.</summary>
internal sealed class CellTables(StudyTables tables, Accuracy accuracy)
{
    // As many equals tell what there is to tell.
    private const int MostEquals = 3;

    private readonly IReadOnlyList<Axis> scientific = tables.Plan.Scientific;
    private readonly IReadOnlyList<Axis> nuisance = tables.Plan.Nuisance;
    private readonly CellMetric[] asked =
    [
        .. tables
            .Metrics.Where(name =>
                name.StartsWith("test_", StringComparison.Ordinal) && name is not ("test_accuracy" or "test_loss")
            )
            .Select(name => new CellMetric(tables, name)),
    ];

    /// <summary>Whether the study asks for metrics besides loss and accuracy.</summary>
    public bool HasMetrics => asked.Length > 0;

    /// <summary>The number of tables of <see cref="Overview"/>.</summary>
    public int TableCount =>
        scientific.Count < 2 ? 1 : tables.Cells.Select(cell => Name(cell, 2)).Distinct(StringComparer.Ordinal).Count();

    /// <summary>
    /// The test accuracy of every cell. With two axes or more the first axis down, the second across, a table for each combination of the
    /// others; else a row a cell. Values that no cell of a table has are left out of it.
    /// </summary>
    public string Overview() =>
        scientific.Count < 2
            ? List(tables.Cells, hasMissing: scientific.Count == 1 && tables.Plan.SoFar is not null)
            : string.Join(
                '\n',
                tables
                    .Cells.GroupBy(cell => Name(cell, 2), StringComparer.Ordinal)
                    .Select(group => Heading(group.Key) + Pivot([.. group]))
            );

    /// <summary>
    /// A row a cell: its axes, the values chosen for it, its test accuracy and the other metrics that the study asks for, its runs
    /// and how many of them diverged.
    /// </summary>
    /// <param name="cells">The cells.</param>
    /// <param name="hasMissing">Whether values of the only axis that no cell has get a row, too.</param>
    public string List(IEnumerable<CellRow> cells, bool hasMissing = false) =>
        Markdown.Table(
            scientific.Count + nuisance.Count,
            [
                .. tables.Plan.Axes().Select(axis => Markdown.Code(axis.Key)),
                "test accuracy",
                .. asked.Select(metric => Markdown.Text(metric.Title)),
                "runs",
                "diverged",
            ],
            hasMissing
                ? scientific
                    .SelectMany(axis => axis.Values)
                    .Select(value =>
                        cells.FirstOrDefault(cell => cell.Values[0] == value) is { } cell ? Row(cell) : Missing(value)
                    )
                : cells.Select(Row)
        );

    /// <summary>The best cells, as <see cref="List"/>; where there are several test sets a table for each.</summary>
    /// <param name="most">How many of each at most.</param>
    public string Top(int most) =>
        string.Join(
            '\n',
            accuracy.Sets.Select(set =>
                (accuracy.Sets.Count == 1 ? "" : $"Tested on {Markdown.Code(set.Name)}:\n\n")
                + List(set.Ranked.Take(most))
            )
        );

    /// <summary>For each test set its best cell, its accuracy, and how many cells can't be told apart from it.</summary>
    public string Bests() =>
        Markdown.Table(
            2,
            ["tested on", "best cell", "test accuracy, %", "not told apart", "of cells"],
            accuracy.Sets.Select(set =>
                (IEnumerable<string>)
                    [
                        Markdown.Code(set.Name),
                        set.Best.Count > 0 ? Several(set.Best, cell => Name(cell))
                        : set.AllDiverged ? "none: every run diverged"
                        : Markdown.Nothing,
                        set.Best.Count > 0
                            ? string.Join("; ", set.Best.Take(MostEquals).Select(accuracy.Percent))
                            : Markdown.Nothing,
                        Markdown.Count(set.Cells.Count(set.IsNearBest)),
                        Markdown.Count(set.Cells.Count),
                    ]
            )
        );

    /// <summary>
    /// The best cell with its accuracy and interval; so too each of those that can't be told apart from it where they are few, else of
    /// those with the same mean, which may have other intervals.
    /// </summary>
    public string Ties(RankedCells set)
    {
        CellRow[] near = [.. set.Ranked.Where(set.IsNearBest)];
        return Several(
            near.Length <= MostEquals ? near : set.Best,
            cell => $"{Name(cell)}: {accuracy.Percent(cell)} %"
        );
    }

    /// <summary>For each nuisance axis how many cells chose each of its values.</summary>
    public string Choices() =>
        string.Join(
            '\n',
            nuisance.Select(
                (axis, i) =>
                    Markdown.Table(
                        1,
                        [Markdown.Code(axis.Key), .. axis.Values.Select(Markdown.Value)],
                        [
                            [
                                "cells",
                                .. axis.Values.Select(value =>
                                    Markdown.Count(tables.Cells.Count(cell => cell.Chosen[i] == value))
                                ),
                            ],
                        ]
                    )
            )
        );

    /// <summary>
    /// For each nuisance axis the cells that train whose choice is an end of it, by end and value of the first scientific axis.
    /// </summary>
    public string EdgeWarnings()
    {
        var warnings = new StringBuilder();
        for (var i = 0; i < nuisance.Count; i++)
        {
            var ends = tables
                .Cells.Where(cell => cell.AtEdge[i] && accuracy.Trains(cell))
                .GroupBy(cell => cell.Chosen[i])
                .OrderBy(end => end.Key.ToDouble());
            foreach (var end in ends)
            {
                var choice = Markdown.Code($"{nuisance[i].Key}={end.Key}");
                warnings.Append(
                    $"> - {choice} in {Markdown.Count(end.Count())} of {Markdown.Count(tables.Cells.Count)} cells"
                );
                if (scientific.Count > 0)
                {
                    warnings
                        .Append($", by {Markdown.Code(scientific[0].Key)}: ")
                        .AppendJoin(", ", end.GroupBy(cell => cell.Values[0]).Select(Share));
                }
                warnings.Append('\n');
            }
        }
        return warnings.ToString();
    }

    /// <summary>A cell by its values from an axis on, <c>activation=relu normalization=batch</c>, each in a code span.</summary>
    public string Name(CellRow cell, int from = 0) =>
        string.Join(' ', scientific.Zip(cell.Values, (axis, value) => Markdown.Code($"{axis.Key}={value}")).Skip(from));

    /// <summary>A value of the first axis and its number of cells, which is 1 where there is no other axis.</summary>
    private string Share(IGrouping<Scalar, CellRow> cells) =>
        Markdown.Value(cells.Key) + (scientific.Count > 1 ? " × " + Markdown.Count(cells.Count()) : "");

    private IEnumerable<string> Row(CellRow cell) =>
        [
            .. cell.Values.Concat(cell.Chosen).Select(Markdown.Value),
            accuracy.Shown(cell),
            .. asked.Select(metric => metric.Told(cell)),
            Markdown.Count(cell.Runs),
            Markdown.Count(cell.Diverged),
        ];

    private IEnumerable<string> Missing(Scalar value) =>
        [Markdown.Value(value), .. Enumerable.Repeat(Markdown.Nothing, nuisance.Count + asked.Length + 3)];

    private string Pivot(CellRow[] cells)
    {
        var byPlace = cells.ToDictionary(cell => (cell.Values[0], cell.Values[1]));
        var isSoFar = tables.Plan.SoFar is not null;
        var columns = scientific[1]
            .Values.Where(column => isSoFar || cells.Any(cell => cell.Values[1] == column))
            .ToArray();
        var rows = scientific[0].Values.Where(row => isSoFar || cells.Any(cell => cell.Values[0] == row));
        return Markdown.Table(
            1,
            [
                $"{Markdown.Code(scientific[0].Key)} ↓ {Markdown.Code(scientific[1].Key)} →",
                .. columns.Select(Markdown.Value),
            ],
            rows.Select(row =>
                columns
                    .Select(column =>
                        byPlace.TryGetValue((row, column), out var cell) ? accuracy.Shown(cell) : Markdown.Nothing
                    )
                    .Prepend(Markdown.Value(row))
            )
        );
    }

    private static string Several(IReadOnlyList<CellRow> cells, Func<CellRow, string> told) =>
        string.Join("; ", cells.Take(MostEquals).Select(told))
        + (cells.Count > MostEquals ? $"; and {Markdown.Count(cells.Count - MostEquals)} with the same mean" : "");

    private static string Heading(string name) => name.Length == 0 ? "" : $"### {name}\n\n";
}
