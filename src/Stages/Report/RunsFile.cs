using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes <c>runs.csv</c>, whose columns are <see cref="RunColumns"/>.</summary>
internal static class RunsFile
{
    /// <summary>What the manifest says of the runs, so that a table without its study can be told from one that was cut.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ManifestEntries(Plan plan) =>
        plan.AtLeast is { } least ? [KeyValuePair.Create(ManifestEntry.SeedsAtLeast, Csv.Number(least))] : [];

    /// <summary>The file's bytes.</summary>
    public static byte[] Write(StudyTables tables) =>
        Csv.Write(
            [.. RunColumns.Before(tables.Plan.Axes().Select(axis => axis.Key)), .. tables.Metrics, RunColumns.Correct],
            tables.Runs.Select(Record)
        );

    private static IEnumerable<string> Record(RunRow run) =>
        [
            run.Run,
            .. run.Values.Select(value => value.ToString()),
            Csv.Number(run.Seed),
            run.Outcome switch
            {
                RunOutcome.Completed => RunColumns.Completed,
                RunOutcome.Diverged => RunColumns.Diverged,
                _ => throw new ArgumentOutOfRangeException(
                    nameof(run),
                    run.Outcome,
                    "A table holds completed and diverged runs only."
                ),
            },
            Csv.Number(run.Steps),
            .. run.Metrics.Select(Csv.Number),
            run.Correct ?? RunColumns.NoRows,
        ];
}
