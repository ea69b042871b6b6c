using Pipeline.Progress;

namespace Pipeline.Flow;

/// <summary>Words the reasons of many cache misses in few lines.</summary>
internal static class ReasonSummary
{
    private const int MostLines = 12;

    /// <summary>A line a reason, the most frequent first: <c>train: 375 runs: operation activation/gelu 1a2b3c4d → 5e6f7a8b</c>.</summary>
    public static IEnumerable<string> Of(string stage, Func<int, string> counted, IEnumerable<string> reasons)
    {
        var groups = reasons
            .GroupBy(reason => reason, StringComparer.Ordinal)
            .Select(group => (Reason: group.Key, Count: group.Count()))
            .OrderByDescending(group => group.Count)
            .ThenBy(group => group.Reason, StringComparer.Ordinal)
            .ToList();
        foreach (var (reason, count) in groups.Take(MostLines))
            yield return $"{stage}: {counted(count)}: {reason}";
        if (groups.Count > MostLines)
            yield return $"{stage}: {counted(groups.Skip(MostLines).Sum(group => group.Count))}: {Counted.Of(groups.Count - MostLines, "other reason")}";
    }
}
