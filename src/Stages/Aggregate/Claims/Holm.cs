namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>
/// Holm's step-down adjustment of m p values: the k-th smallest, k from 1, becomes the largest of (m − j + 1)·p₍ⱼ₎ over j ≤ k, at most 1.
/// Who rejects the hypotheses whose adjusted p is below α errs in any of m with a probability of α at most, however they depend on each
/// other (Holm 1979, "A simple sequentially rejective multiple test procedure").
/// </summary>
public static class Holm
{
    /// <summary>The adjusted values, in the order of the given ones.</summary>
    /// <param name="values">The p values, 0…1.</param>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var least = 0.0;
        var remaining = values.Count;
        foreach (var index in Ascending(values))
        {
            least = Math.Max(least, Math.Min(1, remaining * values[index]));
            adjusted[index] = least;
            remaining--;
        }
        return adjusted;
    }

    /// <summary>
    /// The number by which the level is divided for each value, in their order: m − k + 1 for the k-th smallest as long
    /// as these are rejected, and what the first that isn't was given for it and all that follow. A value is rejected
    /// exactly when it is below its share.
    /// </summary>
    /// <param name="values">The p values, 0…1.</param>
    /// <param name="level">The level, 0…1.</param>
    public static int[] Divisors(IReadOnlyList<double> values, double level)
    {
        var divisors = new int[values.Count];
        var remaining = values.Count;
        foreach (var index in Ascending(values))
        {
            divisors[index] = remaining;
            if (remaining * values[index] < level)
                remaining--;
        }
        return divisors;
    }

    private static IEnumerable<int> Ascending(IReadOnlyList<double> values) =>
        Enumerable.Range(0, values.Count).OrderBy(i => values[i]);
}
