using Microsoft.Data.Analysis;
using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>Joins the runs of two records of a study by what tells them apart.</summary>
internal static class RunJoin
{
    private const string Told = "told";
    private const string Row = "row";

    /// <summary>A pair a run that either side has; null where one side hasn't.</summary>
    /// <param name="old">The old runs by what tells them apart.</param>
    /// <param name="now">The new runs by the same.</param>
    public static IReadOnlyList<(RunRow? Old, RunRow? Now)> Of(
        IReadOnlyList<KeyValuePair<string, RunRow>> old,
        IReadOnlyList<KeyValuePair<string, RunRow>> now
    )
    {
        var joined = Frame(old).Merge(Frame(now), [Told], [Told], "_old", "_now", JoinAlgorithm.FullOuter);
        return [.. Runs(joined, $"{Row}_old", old).Zip(Runs(joined, $"{Row}_now", now))];
    }

    private static DataFrame Frame(IReadOnlyList<KeyValuePair<string, RunRow>> runs) =>
        new(
            new StringDataFrameColumn(Told, runs.Select(run => run.Key)),
            new Int32DataFrameColumn(Row, Enumerable.Range(0, runs.Count))
        );

    private static IEnumerable<RunRow?> Runs(
        DataFrame joined,
        string rows,
        IReadOnlyList<KeyValuePair<string, RunRow>> runs
    ) => ((Int32DataFrameColumn)joined[rows]).Select(row => row is { } i ? runs[i].Value : null);
}
