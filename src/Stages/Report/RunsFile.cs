using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>runs.csv</c>, a row a run in the order of the plan: <c>run</c>, a column an axis, <c>seed</c>, <c>outcome</c>, <c>steps</c> (that the run took
/// until it was done or diverged), a column a metric (<c>NaN</c> where the run has none).
/// </summary>
public static class RunsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "runs.csv";

    private const string RunColumn = "run";
    private const string SeedColumn = "seed";
    private const string OutcomeColumn = "outcome";
    private const string StepsColumn = "steps";

    // Of earlier versions: the step at which a run diverged, from 0; of one that completed, nothing.
    private const string StepColumn = "step";
    private const string Completed = "completed";
    private const string Diverged = "diverged";

    // What the manifest says of the runs, so that a table without its study can be told from one that was cut.
    private const string AtLeastEntry = "study:seeds_at_least";

    /// <summary>With how many seeds every trial was run, as in <see cref="Plan.AtLeast"/>; null where all were run with equally many.</summary>
    /// <param name="manifest">The manifest of the results, or null where there is none.</param>
    public static int? AtLeast(IReadOnlyDictionary<string, string>? manifest) =>
        int.TryParse(
            manifest?.GetValueOrDefault(AtLeastEntry),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var least
        )
            ? least
            : null;

    /// <summary>Reads the names of the metrics, in their order, and the runs of a study, whose plan gets the seeds that its trials were run with.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="plan">The study, with its trials.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not such a table, or are of other runs than the plan's; the message names line, column and remedy.
    /// </exception>
    public static (Plan Plan, IReadOnlyList<string> Metrics, IReadOnlyList<RunRow> Runs) Read(
        ReadOnlyMemory<byte> bytes,
        Plan plan
    )
    {
        using var table = new CsvTable(bytes);
        var axes = plan.Axes();
        string[] columns = [RunColumn, .. axes.Select(axis => axis.Key), SeedColumn, OutcomeColumn, StepsColumn];
        for (var i = 0; i < columns.Length; i++)
            table.RequireColumn(i, columns[i]);
        string[] metrics = [.. table.Header.Skip(columns.Length)];
        var rows = new List<RunRow>(plan.RunCount);
        var counts = new List<TrialSeeds>();
        var isRow = table.Next();
        foreach (var trial in plan.WithSeeds(plan.Seeds).Runs().Chunk(plan.Seeds.Count))
        {
            var count = 0;
            foreach (var run in trial)
            {
                // Seeds beyond those that every trial has need not be there.
                if (count >= plan.AtLeast && !(isRow && table[RunColumn] == run.Id))
                    break;
                if (!isRow)
                    throw CsvTable.Damaged(
                        $"the study has {plan.RunCount} runs{(plan.AtLeast is null ? "" : " at least")}, but the file {rows.Count}"
                    );
                Require(table, RunColumn, run.Id);
                var values = Array.ConvertAll([.. axes], axis => run.Spec[axis.Key]);
                for (var i = 0; i < values.Length; i++)
                    Require(table, axes[i].Key, values[i].ToString());
                Require(table, SeedColumn, Csv.Number(run.Seed));
                rows.Add(Row(table, values, run.Seed, table.Whole(StepsColumn), metrics));
                isRow = table.Next();
                count++;
            }
            counts.Add(new(trial[0].Trial, count));
        }
        return isRow
            ? throw table.Error($"the study has no more than {rows.Count} runs")
            : (plan.WithSeedCounts(counts), metrics, rows);
    }

    /// <summary>
    /// Reads a table whose study is not at hand: the axes and metrics are those of its header, and values are texts. In a table of an earlier version,
    /// which has the column <c>step</c>, the steps of a completed run are unknown, and 0.
    /// </summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static (IReadOnlyList<string> Axes, IReadOnlyList<string> Metrics, IReadOnlyList<RunRow> Runs) Read(
        ReadOnlyMemory<byte> bytes
    )
    {
        using var table = new CsvTable(bytes);
        table.RequireColumn(0, RunColumn);
        string[] axes = [.. table.Header.Skip(1).TakeWhile(column => column != SeedColumn)];
        var isEarlier = table.Header.ElementAtOrDefault(axes.Length + 3) == StepColumn;
        string[] after = [SeedColumn, OutcomeColumn, isEarlier ? StepColumn : StepsColumn];
        for (var i = 0; i < after.Length; i++)
            table.RequireColumn(1 + axes.Length + i, after[i]);
        string[] metrics = [.. table.Header.Skip(1 + axes.Length + after.Length)];
        var rows = new List<RunRow>();
        while (table.Next())
            rows.Add(
                Row(
                    table,
                    Array.ConvertAll(axes, axis => Scalar.Of(table[axis])),
                    table.Whole(SeedColumn),
                    Steps(),
                    metrics
                )
            );
        return (axes, metrics, rows);

        int Steps() =>
            !isEarlier ? table.Whole(StepsColumn)
            : table[StepColumn].Length == 0 ? 0
            : table.Whole(StepColumn) + 1;
    }

    /// <summary>What the manifest says of the runs.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> ManifestEntries(Plan plan) =>
        plan.AtLeast is { } least ? [KeyValuePair.Create(AtLeastEntry, Csv.Number(least))] : [];

    internal static byte[] Write(StudyTables tables) =>
        Csv.Write(
            [
                RunColumn,
                .. tables.Plan.Axes().Select(axis => axis.Key),
                SeedColumn,
                OutcomeColumn,
                StepsColumn,
                .. tables.Metrics,
            ],
            tables.Runs.Select(Record)
        );

    private static RunRow Row(CsvTable table, Scalar[] values, int seed, int steps, string[] metrics) =>
        new()
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
            Steps = steps,
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
                _ => throw new ArgumentOutOfRangeException(
                    nameof(run),
                    run.Outcome,
                    "A table holds completed and diverged runs only."
                ),
            },
            Csv.Number(run.Steps),
            .. run.Metrics.Select(Csv.Number),
        ];
}
