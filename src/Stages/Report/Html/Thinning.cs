namespace Pipeline.Stages.Report;

/// <summary>Which epochs a page shows of long curves.</summary>
internal static class Thinning
{
    private const int FewestPoints = 20;
    private const int MostPoints = 200;
    private const int MostPointsInAll = 40_000;

    /// <summary>
    /// The epochs from 1 to the last, all of them or as many as a page can hold of so many curves, 20 at least, spread evenly, the
    /// first and the last among them; none where there is none.
    /// </summary>
    public static int[] Epochs(int last, int curves)
    {
        var most = Math.Clamp(MostPointsInAll / Math.Max(1, curves), FewestPoints, MostPoints);
        return last <= most
            ? [.. Enumerable.Range(1, last)]
            : [.. Enumerable.Range(0, most).Select(point => 1 + (int)((long)point * (last - 1) / (most - 1)))];
    }
}
