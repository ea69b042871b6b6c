namespace Pipeline.Stages.Report;

/// <summary>Which epochs a page shows of long curves.</summary>
internal static class Thinning
{
    private const int MostPoints = 20;

    /// <summary>
    /// The epochs from 1 to the last, all of them or 20 spread evenly, the first and the last among
    /// them; none where there is none.
    /// </summary>
    public static int[] Epochs(int last) =>
        last <= MostPoints
            ? [.. Enumerable.Range(1, last)]
            :
            [
                .. Enumerable
                    .Range(0, MostPoints)
                    .Select(point => 1 + (int)(((long)point * (last - 1)) / (MostPoints - 1))),
            ];
}
