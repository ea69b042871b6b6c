using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>What guessing reaches, and from which accuracy on a cell counts as trained.</summary>
internal static class Chance
{
    /// <summary>
    /// The share of the largest class among the rows that test, which is the accuracy of always naming it; 0 where no run tells which rows
    /// it got right.
    /// </summary>
    /// <param name="tables">The study.</param>
    /// <param name="testSet">Which test set, as <see cref="TestSet"/> says it of cells.</param>
    public static double Of(StudyTables tables, string testSet)
    {
        var run = tables.Runs.FirstOrDefault(run =>
            run.Correct is not null && TestSet.Of(tables.Plan.Scientific, run.Values) == testSet
        );
        if (run is null)
            return 0;
        int[] rows = [.. CorrectRows.Read(run.Correct!).Select(ofClass => ofClass.Length)];
        return (double)rows.Max() / rows.Sum();
    }

    /// <summary>
    /// The accuracy above which a cell trains: twice chance; of so few classes that this leaves less than half of the way from chance to 1,
    /// that half.
    /// </summary>
    public static double Floor(double chance) => Math.Min(2 * chance, (1 + chance) / 2);
}
