using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate;

/// <summary>
/// By how much a number moved from one set of runs to another with the same seeds, and whether chance explains
/// it: two-sided, by the rules of claims (see <see cref="Comparison"/>).
/// </summary>
/// <param name="Pairs">The number of seeds.</param>
/// <param name="Mean">The mean over seeds of new − old.</param>
/// <param name="Low">The lower end of its 95 % interval; null for fewer than two seeds, and where no variance was found.</param>
/// <param name="High">The upper end of its 95 % interval, likewise.</param>
/// <param name="P">
/// The probability of a mean so far from 0, or farther, if the true one were 0; null for fewer than
/// <see cref="Significance.FewestSeeds"/> seeds. Seeds that didn't move are ties. Where no variance was found it is that of the sign
/// test.
/// </param>
/// <param name="EffectSize">
/// The standardized difference, Cohen's d_z: the mean divided by the differences' standard deviation, that of n − 1;
/// null for fewer than two seeds, and where every seed moved by the same amount.
/// </param>
/// <param name="StandardError">The mean's standard error, 0 where no variance was found; null for fewer than two seeds.</param>
/// <param name="DegreesOfFreedom">
/// Those of the standard error, see <see cref="ClaimRow.DegreesOfFreedom"/>; null where it is 0 or null.
/// </param>
public sealed record PairedDifference(
    int Pairs,
    double Mean,
    double? Low,
    double? High,
    double? P,
    double? EffectSize,
    double? StandardError,
    double? DegreesOfFreedom
)
{
    /// <summary>Compares the values of the same seeds.</summary>
    /// <param name="old">A value a seed; one at least.</param>
    /// <param name="now">As many, in the same order.</param>
    /// <exception cref="ArgumentException">There are no values, or not as many on both sides.</exception>
    public static PairedDifference Of(IReadOnlyList<double> old, IReadOnlyList<double> now) => Of(old, now, []);

    /// <summary>
    /// Compares a metric of runs with the same seeds, each counted as in the tables (see
    /// <see cref="Statistics.Counted"/>).
    /// </summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="old">A run a seed, and the metric's column; one at least.</param>
    /// <param name="now">As many, in the same order.</param>
    /// <returns>The difference; null where a run has no value.</returns>
    /// <exception cref="ArgumentException">There are no runs, or not as many on both sides.</exception>
    public static PairedDifference? Of(string metric, (RunRow[] Runs, int Column) old, (RunRow[] Runs, int Column) now)
    {
        var (before, after) = (
            Statistics.Counted(metric, old.Column, old.Runs),
            Statistics.Counted(metric, now.Column, now.Runs)
        );
        return before.Contains(null) || after.Contains(null)
            ? null
            : Of(
                [.. before.OfType<double>()],
                [.. after.OfType<double>()],
                metric == Statistics.Accuracy
                    ? [RowTerm.OfAccuracy(now.Runs), RowTerm.OfAccuracy(old.Runs).Negated()]
                    : []
            );
    }

    /// <summary>
    /// The smallest true difference that a test of the level would have found with a probability of 80 %; null where no variance was
    /// found.
    /// </summary>
    /// <param name="side">The level in each direction.</param>
    public double? Detectable(double side) =>
        StandardError is { } error && DegreesOfFreedom is { } freedom
            ? -(StudentT.Quantile(side, freedom) + StudentT.Quantile(0.2, freedom)) * error
            : null;

    private static PairedDifference Of(IReadOnlyList<double> old, IReadOnlyList<double> now, RowTerm[] terms)
    {
        if (old.Count == 0)
            throw new ArgumentException("There are no values to be paired.", nameof(old));
        var sample = PairedSample.Of(now, old, terms);
        var differences = sample.Beyond(0);
        var mean = Statistics.Mean(differences);
        if (differences.Length < 2)
            return new(1, mean, null, null, null, null, null, null);
        var comparison = Comparison.Of(sample, 0);
        var interval = comparison.Interval(Significance.Side);
        return new(
            differences.Length,
            mean,
            interval?.Low,
            interval?.High,
            differences.Length < Significance.FewestSeeds
                ? null
                : Math.Min(1, 2 * Math.Min(comparison.Greater, comparison.Less)),
            Statistics.Standardized(differences, sample.Tolerance),
            Math.Sqrt(comparison.Variance?.Total ?? 0),
            comparison.Variance?.DegreesOfFreedom
        );
    }
}
