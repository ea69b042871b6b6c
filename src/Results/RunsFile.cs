using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary>Reads <c>runs.csv</c>, whose columns are <see cref="RunColumns"/>.</summary>
public static class RunsFile
{
    // Of earlier versions: the step at which a run diverged, from 0; of one that completed, nothing.
    private const string StepColumn = "step";

    /// <summary>
    /// Reads the names of the metrics, in their order, and the runs of a study, whose plan gets the seeds
    /// that its trials were run with.
    /// </summary>
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
        var columns = RunColumns.Before(axes.Select(axis => axis.Key));
        for (var i = 0; i < columns.Length; i++)
            table.RequireColumn(i, columns[i]);
        string[] metrics = [.. table.Header.Skip(columns.Length).Where(column => column != RunColumns.Correct)];
        table.RequireColumn(columns.Length + metrics.Length, RunColumns.Correct);
        var rows = new List<RunRow>(plan.RunCount);
        var counts = new List<TrialSeeds>();
        var isRow = table.Next();
        foreach (var trial in plan.WithSeeds(plan.Seeds).Runs().Chunk(plan.Seeds.Count))
        {
            var count = 0;
            foreach (var run in trial)
            {
                // Seeds beyond those that every trial has need not be there.
                if (count >= plan.AtLeast && !(isRow && table[RunColumns.Run] == run.Id))
                    break;
                if (!isRow)
                    throw CsvTable.Damaged(
                        $"the study has {plan.RunCount} runs{(plan.AtLeast is null ? "" : " at least")}, but the file {rows.Count}"
                    );
                Require(table, RunColumns.Run, run.Id);
                var values = Array.ConvertAll([.. axes], axis => run.Spec[axis.Key]);
                for (var i = 0; i < values.Length; i++)
                    Require(table, axes[i].Key, values[i].ToString());
                Require(table, RunColumns.Seed, run.Seed.ToString(CultureInfo.InvariantCulture));
                rows.Add(Row(table, values, run.Seed, table.Whole(RunColumns.Steps), metrics));
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
    /// Reads a table whose study is not at hand: the axes and metrics are those of its header, and values
    /// are texts. In a table of an earlier version, which has the column <c>step</c>, the steps of a
    /// completed run are unknown, and 0; in one without <c>test_correct</c> the rows are.
    /// </summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static (IReadOnlyList<string> Axes, IReadOnlyList<string> Metrics, IReadOnlyList<RunRow> Runs) Read(
        ReadOnlyMemory<byte> bytes
    )
    {
        using var table = new CsvTable(bytes);
        table.RequireColumn(0, RunColumns.Run);
        string[] axes = [.. table.Header.Skip(1).TakeWhile(column => column != RunColumns.Seed)];
        var isEarlier = table.Header.ElementAtOrDefault(axes.Length + 3) == StepColumn;
        string[] after = [RunColumns.Seed, RunColumns.Outcome, isEarlier ? StepColumn : RunColumns.Steps];
        for (var i = 0; i < after.Length; i++)
            table.RequireColumn(1 + axes.Length + i, after[i]);
        string[] metrics =
        [
            .. table.Header.Skip(1 + axes.Length + after.Length).Where(column => column != RunColumns.Correct),
        ];
        var rows = new List<RunRow>();
        while (table.Next())
            rows.Add(
                Row(
                    table,
                    Array.ConvertAll(axes, axis => Scalar.Of(table[axis])),
                    table.Whole(RunColumns.Seed),
                    Steps(),
                    metrics
                )
            );
        return (axes, metrics, rows);

        int Steps() =>
            !isEarlier ? table.Whole(RunColumns.Steps)
            : table[StepColumn].Length == 0 ? 0
            : table.Whole(StepColumn) + 1;
    }

    private static RunRow Row(CsvTable table, Scalar[] values, int seed, int steps, string[] metrics) =>
        new()
        {
            Run = table[RunColumns.Run],
            Values = values,
            Seed = seed,
            Outcome = table[RunColumns.Outcome] switch
            {
                RunColumns.Completed => RunOutcome.Completed,
                RunColumns.Diverged => RunOutcome.Diverged,
                var other => throw table.Error(
                    RunColumns.Outcome,
                    $"'{other}' is neither {RunColumns.Completed} nor {RunColumns.Diverged}"
                ),
            },
            Steps = steps,
            Metrics = Array.ConvertAll(metrics, table.Number),
            Correct = Correct(table),
        };

    /// <summary>Tables of earlier versions have no such column.</summary>
    private static string? Correct(CsvTable table)
    {
        if (!table.Header.Contains(RunColumns.Correct, StringComparer.Ordinal))
            return null;
        var text = table[RunColumns.Correct];
        if (text == RunColumns.NoRows)
            return null;
        try
        {
            CorrectRows.Read(text);
            return text;
        }
        catch (FormatException e)
        {
            throw table.Error(RunColumns.Correct, e.Message);
        }
    }

    private static void Require(CsvTable table, string column, string expected)
    {
        if (table[column] != expected)
            throw table.Error(column, $"'{table[column]}' stands where the study has '{expected}'");
    }
}
