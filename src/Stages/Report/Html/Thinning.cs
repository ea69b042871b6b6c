namespace Pipeline.Stages.Report;

/// <summary>Which epochs are shown of long curves.</summary>
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
        return [.. Positions(last, most).Select(position => position + 1)];
    }

    /// <summary>The positions of things, all of them or so many, two at least, spread evenly with the first and the last.</summary>
    public static IEnumerable<int> Positions(int count, int most) =>
        count <= most
            ? Enumerable.Range(0, count)
            : Enumerable.Range(0, most).Select(point => (int)((long)point * (count - 1) / (most - 1)));
}
