using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>runs.csv</c>, a row a run in the order of the plan: <c>run</c>, a column an axis, <c>seed</c>, <c>outcome</c>, <c>step</c> (of the
/// divergence, else empty), a column a metric (empty where the run has none).
/// </summary>
public static class RunsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "runs.csv";

    private const string RunColumn = "run";
    private const string SeedColumn = "seed";
    private const string OutcomeColumn = "outcome";
    private const string StepColumn = "step";
    private const string Completed = "completed";
    private const string Diverged = "diverged";

    /// <summary>Reads the names of the metrics, in their order, and the runs of a study.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="plan">The study, with its trials.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not such a table, or are of other runs than the plan's; the message names line, column and remedy.
    /// </exception>
    public static (IReadOnlyList<string> Metrics, IReadOnlyList<RunRow> Runs) Read(ReadOnlyMemory<byte> bytes, Plan plan)
    {
        using var table = new CsvTable(bytes);
        var axes = plan.Axes();
        string[] columns = [RunColumn, .. axes.Select(axis => axis.Key), SeedColumn, OutcomeColumn, StepColumn];
        for (var i = 0; i < columns.Length; i++)
            table.RequireColumn(i, columns[i]);
        string[] metrics = [.. table.Header.Skip(columns.Length)];
        var rows = new List<RunRow>(plan.RunCount);
        foreach (var run in plan.Runs())
        {
            if (!table.Next())
                throw CsvTable.Damaged($"the study has {plan.RunCount} runs, but the file {rows.Count}");
            Require(table, RunColumn, run.Id);
            var values = Array.ConvertAll([.. axes], axis => run.Spec[axis.Key]);
            for (var i = 0; i < values.Length; i++)
                Require(table, axes[i].Key, values[i].ToString());
            Require(table, SeedColumn, Csv.Number(run.Seed));
            rows.Add(Row(table, values, run.Seed, metrics));
        }
        return table.Next() ? throw table.Error($"the study has no more than {plan.RunCount} runs") : (metrics, rows);
    }

    /// <summary>Reads a table whose study is not at hand: the axes and metrics are those of its header, and values are texts.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static (IReadOnlyList<string> Axes, IReadOnlyList<string> Metrics, IReadOnlyList<RunRow> Runs) Read(ReadOnlyMemory<byte> bytes)
    {
        using var table = new CsvTable(bytes);
        table.RequireColumn(0, RunColumn);
        string[] axes = [.. table.Header.Skip(1).TakeWhile(column => column != SeedColumn)];
        string[] after = [SeedColumn, OutcomeColumn, StepColumn];
        for (var i = 0; i < after.Length; i++)
            table.RequireColumn(1 + axes.Length + i, after[i]);
        string[] metrics = [.. table.Header.Skip(1 + axes.Length + after.Length)];
        var rows = new List<RunRow>();
        while (table.Next())
        {
            var seed = table.Whole(SeedColumn) ?? throw table.Error(SeedColumn, "it is empty");
            rows.Add(Row(table, Array.ConvertAll(axes, axis => Scalar.Of(table[axis])), seed, metrics));
        }
        return (axes, metrics, rows);
    }

    internal static byte[] Write(StudyTables tables) => Csv.Write(
        [RunColumn, .. tables.Plan.Axes().Select(axis => axis.Key), SeedColumn, OutcomeColumn, StepColumn, .. tables.Metrics],
        tables.Runs.Select(Record));

    private static RunRow Row(CsvTable table, Scalar[] values, int seed, string[] metrics) => new()
    {
        Run = table[RunColumn],
        Values = values,
        Seed = seed,
        Outcome = table[OutcomeColumn] switch
        {
            Completed => RunOutcome.Completed,
            Diverged => RunOutcome.Diverged,
            var other => throw table.Error(OutcomeColumn, $"'{other}' is neither {Completed} nor {Diverged}"),
        },
        Step = table.Whole(StepColumn),
        Metrics = Array.ConvertAll(metrics, table.Number),
    };

    private static void Require(CsvTable table, string column, string expected)
    {
        if (table[column] != expected)
            throw table.Error(column, $"'{table[column]}' stands where the study has '{expected}'");
    }

    private static IEnumerable<string> Record(RunRow run) =>
    [
        run.Run,
        .. run.Values.Select(value => value.ToString()),
        Csv.Number(run.Seed),
        run.Outcome switch
        {
            RunOutcome.Completed => Completed,
            RunOutcome.Diverged => Diverged,
            _ => throw new ArgumentOutOfRangeException(nameof(run), run.Outcome, "A table holds completed and diverged runs only."),
        },
        Csv.Number(run.Step),
        .. run.Metrics.Select(Csv.Number),
    ];
}
