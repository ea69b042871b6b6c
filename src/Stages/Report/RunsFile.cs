using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>runs.csv</c>, a row a run in the order of the plan: <c>run</c>, a column an axis, <c>seed</c>, <c>outcome</c>, <c>step</c> (of the
/// divergence, else empty), a column a metric (empty where the run has none).
/// </summary>
internal static class RunsFile
{
    public static byte[] Write(StudyTables tables) => Csv.Write(
        ["run", .. tables.Plan.Axes().Select(axis => axis.Key), "seed", "outcome", "step", .. tables.Metrics],
        tables.Runs.Select(Record));

    private static IEnumerable<string> Record(RunRow run) =>
    [
        run.Run,
        .. run.Values.Select(value => value.ToString()),
        Csv.Number(run.Seed),
        run.Outcome switch
        {
            RunOutcome.Completed => "completed",
            RunOutcome.Diverged => "diverged",
            _ => throw new ArgumentOutOfRangeException(nameof(run), run.Outcome, "A table holds completed and diverged runs only."),
        },
        Csv.Number(run.Step),
        .. run.Metrics.Select(Csv.Number),
    ];
}
