namespace Pipeline.Networks.Tests;

/// <summary>How near a tensor must come to PyTorch's: |a − b| ≤ 1e−5 · max(1e−3, ‖b‖∞) for each element.</summary>
internal static class GoldenComparison
{
    private const double Tolerance = 1e-5;
    private const double SmallestScale = 1e-3;

    /// <summary>The elements that differ most, one per tensor that doesn't agree, each in a sentence.</summary>
    public static IEnumerable<string> Disagreements(
        string name,
        IReadOnlyDictionary<string, float[]> expected,
        IReadOnlyDictionary<string, float[]> actual
    )
    {
        foreach (var tensor in expected.Keys.Union(actual.Keys))
        {
            var isComplete = expected.TryGetValue(tensor, out var theirs) & actual.TryGetValue(tensor, out var ours);
            if (!isComplete || ours!.Length != theirs!.Length)
                yield return $"{name}: {tensor} has {ours?.Length ?? 0} elements, PyTorch's has {theirs?.Length ?? 0}.";
            else if (Disagreement(theirs, ours) is { } element)
                yield return $"{name}: {tensor}{element}";
        }
    }

    private static string? Disagreement(float[] expected, float[] actual)
    {
        var allowed = Tolerance * Math.Max(SmallestScale, expected.Max(Math.Abs));
        // NaN sorts before every number, so the smallest of the negated differences is one that has to be seen.
        var worst = Enumerable.Range(0, expected.Length).MinBy(i => -Math.Abs((double)actual[i] - expected[i]));
        return Math.Abs((double)actual[worst] - expected[worst]) <= allowed
            ? null
            : $"[{worst}] is {actual[worst]:R}, PyTorch has {expected[worst]:R}; {allowed:G2} is the most that they may differ.";
    }
}
