using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Stages.Aggregate;

/// <summary>
/// By how much a number moved from one set of runs to another with the same seeds, and whether chance explains
/// it: the two-sided paired t test.
/// </summary>
/// <param name="Pairs">The number of seeds.</param>
/// <param name="Mean">The mean over seeds of new − old.</param>
/// <param name="Low">The lower end of its 95 % interval; null for fewer than two seeds.</param>
/// <param name="High">The upper end of its 95 % interval; null for fewer than two seeds.</param>
/// <param name="P">
/// The probability of a mean so far from 0, or farther, if the true one were 0; null for fewer than two seeds. Where
/// every seed moved by the same amount, which counts of right answers often do, there is no variance to estimate, and
/// it is that of the sign test, 2¹⁻ⁿ.
/// </param>
/// <param name="EffectSize">
/// The standardized difference, Cohen's d_z: the mean divided by the differences' standard deviation, that of n − 1;
/// null for fewer than two seeds, and where every seed moved by the same amount.
/// </param>
public sealed record PairedDifference(int Pairs, double Mean, double? Low, double? High, double? P, double? EffectSize)
{
    // Numbers are ratios of whole numbers: differences nearer to each other than this are equal.
    private const double Rounding = 1e-10;

    /// <summary>Compares the values of the same seeds.</summary>
    /// <param name="old">A value a seed; one at least.</param>
    /// <param name="now">As many, in the same order.</param>
    /// <exception cref="ArgumentException">There are no values, or not as many on both sides.</exception>
    public static PairedDifference Of(IReadOnlyList<double> old, IReadOnlyList<double> now)
    {
        if (old.Count == 0 || old.Count != now.Count)
            throw new ArgumentException($"{old.Count} values can't be paired with {now.Count}.", nameof(now));
        double[] differences = [.. now.Zip(old, (x, y) => x - y)];
        var n = differences.Length;
        var estimate = Statistics.Estimate(
            Array.ConvertAll(differences, value => (double?)value),
            Statistics.IntervalQuantile(n)
        );
        return new(
            n,
            estimate.Mean!.Value,
            estimate.Low,
            estimate.High,
            n < 2 ? null : TwoSided(differences),
            Statistics.Standardized(differences, Rounding)
        );
    }

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
            : Of([.. before.OfType<double>()], [.. after.OfType<double>()]);
    }

    private static double TwoSided(double[] differences)
    {
        var (least, most) = (differences.Min(), differences.Max());
        if (most - least > Rounding)
        {
            var test = TTest.Of(differences);
            return Math.Min(1, 2 * Math.Min(test.Greater, test.Less));
        }
        if (least == 0 && most == 0)
            return 1;
        var p = 1.0;
        for (var i = 1; i < differences.Length; i++)
            p /= 2;
        return p;
    }
}
