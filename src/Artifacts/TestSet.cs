namespace Pipeline.Artifacts;

/// <summary>Which cells are tested by the same rows, so that their accuracies can be compared.</summary>
public static class TestSet
{
    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal)
    {
        "dataset",
        "split.test",
        "split.seed",
    };

    /// <summary>Whether a parameter decides by what rows a run is tested.</summary>
    public static bool IsDecidedBy(string key) => Keys.Contains(key);

    /// <summary>
    /// What tells the test split of a run from those of other runs: its values on the axes that
    /// decide by what rows it is tested.
    /// </summary>
    /// <param name="axes">The plan's axes, the first ones at least.</param>
    /// <param name="values">The run's value on each of them.</param>
    public static string Of(IReadOnlyList<Axis> axes, IReadOnlyList<Scalar> values) =>
        string.Join(", ", axes.Zip(values).Where(pair => Keys.Contains(pair.First.Key)).Select(pair => pair.Second));
}
