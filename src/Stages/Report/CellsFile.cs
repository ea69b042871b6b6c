using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>cells.csv</c>, a row a cell in the order of the plan: a column a scientific axis; for each nuisance axis the chosen value and, as
/// <c>&lt;axis&gt;_at_edge</c>, whether it is an end of the axis; <c>runs</c>, <c>diverged</c>; for each metric the mean and, as
/// <c>&lt;metric&gt;_low</c> and <c>&lt;metric&gt;_high</c>, its 95 % interval.
/// </summary>
internal static class CellsFile
{
    public static byte[] Write(StudyTables tables) => Csv.Write(
        [
            .. tables.Plan.Scientific.Select(axis => axis.Key),
            .. tables.Plan.Nuisance.SelectMany(axis => new[] { axis.Key, axis.Key + "_at_edge" }),
            "runs",
            "diverged",
            .. tables.Metrics.SelectMany(metric => new[] { metric, metric + "_low", metric + "_high" }),
        ],
        tables.Cells.Select(Record));

    private static IEnumerable<string> Record(CellRow cell) =>
    [
        .. cell.Values.Select(value => value.ToString()),
        .. cell.Chosen.Zip(cell.AtEdge).SelectMany(choice => new[] { choice.First.ToString(), choice.Second ? "true" : "false" }),
        Csv.Number(cell.Runs),
        Csv.Number(cell.Diverged),
        .. cell.Metrics.SelectMany(estimate => new[] { Csv.Number(estimate.Mean), Csv.Number(estimate.Low), Csv.Number(estimate.High) }),
    ];
}
