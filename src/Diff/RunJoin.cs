using Microsoft.Data.Analysis;
using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>Joins the runs of two records of a study.</summary>
internal static class RunJoin
{
    private const string Told = "told";
    private const string Row = "row";

    /// <summary>The runs that both sides have, in the order of the old ones.</summary>
    /// <param name="old">The old runs by what tells them apart.</param>
    /// <param name="now">The new runs by the same.</param>
    public static IReadOnlyList<(RunRow Old, RunRow Now)> Of(
        IReadOnlyList<KeyValuePair<string, RunRow>> old,
        IReadOnlyList<KeyValuePair<string, RunRow>> now
    )
    {
        var joined = Frame(old).Merge(Frame(now), [Told], [Told], "_old", "_now", JoinAlgorithm.Inner);
        return [.. Runs($"{Row}_old", old).Zip(Runs($"{Row}_now", now))];

        IEnumerable<RunRow> Runs(string rows, IReadOnlyList<KeyValuePair<string, RunRow>> runs) =>
            ((Int32DataFrameColumn)joined[rows]).Select(row => runs[row!.Value].Value);
    }

    private static DataFrame Frame(IReadOnlyList<KeyValuePair<string, RunRow>> runs) =>
        new(
            new StringDataFrameColumn(Told, runs.Select(run => run.Key)),
            new Int32DataFrameColumn(Row, Enumerable.Range(0, runs.Count))
        );
}
