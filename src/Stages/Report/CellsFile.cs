using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes <c>cells.csv</c>, whose columns are <see cref="CellColumns"/>.</summary>
internal static class CellsFile
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Write(StudyTables tables) =>
        Csv.Write(
            [
                .. tables.Plan.Scientific.Select(axis => axis.Key),
                .. tables.Plan.Nuisance.SelectMany(axis => new[] { axis.Key, CellColumns.AtEdge(axis.Key) }),
                CellColumns.Runs,
                CellColumns.Diverged,
                .. tables.Metrics.SelectMany(CellColumns.Of),
            ],
            tables.Cells.Select(Record)
        );

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
