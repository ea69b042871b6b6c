namespace Pipeline.Stages.Aggregate;

/// <summary>What is known of a difference, pair by pair: a pair is a seed.</summary>
/// <param name="Differences">left − right of each seed, or of their logarithms; null where a side diverged and has no value.</param>
/// <param name="Lost">For those, where the difference would lie: −1 below any number, +1 above, 0 a tie.</param>
/// <param name="Terms">What the accuracies of runs contribute to the differences; empty where they are of other numbers.</param>
/// <param name="Scale">The size of what the differences were computed from, for their rounding.</param>
internal sealed record PairedSample(
    IReadOnlyList<double?> Differences,
    IReadOnlyList<int> Lost,
    IReadOnlyList<RowTerm> Terms,
    double Scale
)
{
    /// <summary>
    /// 0.9 − 0.8 is less than 0.1 in binary floating point, and a mean of ratios depends on how they are spread over the seeds: numbers
    /// this near to each other, relative to the size of what they were computed from, are equal.
    /// </summary>
    internal const double Rounding = 1.0 / (1L << 40);

    /// <summary>How far apart, at most, rounding moves equal numbers.</summary>
    public double Tolerance => Rounding * Scale;

    /// <summary>A sample without lost pairs, of two numbers a seed.</summary>
    /// <exception cref="ArgumentException">There are not as many on both sides.</exception>
    public static PairedSample Of(IReadOnlyList<double> left, IReadOnlyList<double> right, params RowTerm[] terms) =>
        left.Count == right.Count
            ? new([.. left.Zip(right, (x, y) => (double?)(x - y))], new int[left.Count], terms, ScaleOf(left, right))
            : throw new ArgumentException($"{left.Count} values can't be paired with {right.Count}.", nameof(right));

    /// <summary>The size of what left − right is computed from.</summary>
    public static double ScaleOf(IReadOnlyList<double> left, IReadOnlyList<double> right) =>
        left.Zip(right, (x, y) => Math.Abs(x) + Math.Abs(y)).DefaultIfEmpty().Max();

    /// <summary>The difference of each pair beyond a threshold, 0 where that is rounding; of a lost pair the side it lies on.</summary>
    public double[] Beyond(double threshold)
    {
        var tolerance = Rounding * (Scale + Math.Abs(threshold));
        return
        [
            .. Differences.Zip(
                Lost,
                (difference, lost) =>
                    difference is not { } value ? lost
                    : Math.Abs(value - threshold) <= tolerance ? 0
                    : value - threshold
            ),
        ];
    }
}
