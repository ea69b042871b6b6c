using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>cells.csv</c>, a row a cell in the order of the plan: a column a scientific axis; for each nuisance axis the chosen value and, as
/// <c>&lt;axis&gt;_at_edge</c>, whether it is an end of the axis; <c>runs</c>, <c>diverged</c>; for each metric the mean and, as
/// <c>&lt;metric&gt;_low</c> and <c>&lt;metric&gt;_high</c>, its 95 % interval, <c>NaN</c> where there is none.
/// </summary>
public static class CellsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "cells.csv";

    private const string AtEdge = "_at_edge";
    private const string RunsColumn = "runs";
    private const string DivergedColumn = "diverged";
    private const string Low = "_low";
    private const string High = "_high";

    /// <summary>Reads a table: the axes of each kind, the metrics, and the cells, their values as texts.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static (
        IReadOnlyList<string> Scientific,
        IReadOnlyList<string> Nuisance,
        IReadOnlyList<string> Metrics,
        IReadOnlyList<CellRow> Cells
    ) Read(ReadOnlyMemory<byte> bytes)
    {
        using var table = new CsvTable(bytes);
        string[] axes = [.. table.Header.TakeWhile(column => column != RunsColumn)];
        table.RequireColumn(axes.Length, RunsColumn);
        table.RequireColumn(axes.Length + 1, DivergedColumn);
        string[] nuisance = [.. axes.Where(axis => axes.Contains(axis + AtEdge, StringComparer.Ordinal))];
        string[] scientific =
        [
            .. axes.Except(nuisance.SelectMany(axis => new[] { axis, axis + AtEdge }), StringComparer.Ordinal),
        ];
        string[] metrics = [.. table.Header.Skip(axes.Length + 2).Where((_, i) => i % 3 == 0)];
        string[] expected = [.. metrics.SelectMany(Columns)];
        for (var i = 0; i < expected.Length; i++)
            table.RequireColumn(axes.Length + 2 + i, expected[i]);
        var cells = new List<CellRow>();
        while (table.Next())
        {
            cells.Add(
                new()
                {
                    Values = Array.ConvertAll(scientific, axis => Scalar.Of(table[axis])),
                    Chosen = Array.ConvertAll(nuisance, axis => Scalar.Of(table[axis])),
                    AtEdge = Array.ConvertAll(nuisance, axis => table[axis + AtEdge] == "true"),
                    Runs = table.Whole(RunsColumn),
                    Diverged = table.Whole(DivergedColumn),
                    Metrics = Array.ConvertAll(
                        metrics,
                        metric => new Estimate(
                            table.Number(metric),
                            table.Number(metric + Low),
                            table.Number(metric + High)
                        )
                    ),
                }
            );
        }
        return (scientific, nuisance, metrics, cells);
    }

    internal static byte[] Write(StudyTables tables) =>
        Csv.Write(
            [
                .. tables.Plan.Scientific.Select(axis => axis.Key),
                .. tables.Plan.Nuisance.SelectMany(axis => new[] { axis.Key, axis.Key + AtEdge }),
                RunsColumn,
                DivergedColumn,
                .. tables.Metrics.SelectMany(Columns),
            ],
            tables.Cells.Select(Record)
        );

    private static string[] Columns(string metric) => [metric, metric + Low, metric + High];

    private static IEnumerable<string> Record(CellRow cell) =>
        [
            .. cell.Values.Select(value => value.ToString()),
            .. cell
                .Chosen.Zip(cell.AtEdge)
                .SelectMany(choice => new[] { choice.First.ToString(), Csv.Boolean(choice.Second) }),
            Csv.Number(cell.Runs),
            Csv.Number(cell.Diverged),
            .. cell.Metrics.SelectMany(estimate =>
                new[] { Csv.Number(estimate.Mean), Csv.Number(estimate.Low), Csv.Number(estimate.High) }
            ),
        ];
}
