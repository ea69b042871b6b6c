using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate;

/// <summary>Means over seeds and their intervals. Sums run in the order of the seeds.</summary>
internal static class Statistics
{
    // A curve asks for each epoch.
    private static readonly ConcurrentDictionary<int, double> Quantiles = new();

    /// <summary>The metric whose test rows are known one by one.</summary>
    public const string Accuracy = "test_accuracy";

    /// <summary>The accuracy of each run, a diverged one's 0; null where one has none.</summary>
    /// <param name="index">The column of <see cref="Accuracy"/>.</param>
    /// <param name="runs">The runs.</param>
    public static double[]? Accuracies(int index, ArraySegment<RunRow> runs)
    {
        var values = Counted(Accuracy, index, runs);
        return values.Contains(null) ? null : [.. values.OfType<double>()];
    }

    /// <summary>
    /// What each run counts as: its value. Of a diverged run 0 for an accuracy or another share, null for a
    /// loss or another number without a worst value, and its value for what it has all the same:
    /// <c>restarts</c>, <see cref="LossScaleMetrics"/>, and what claims make of curves and probes
    /// (<c>epochs_to</c> is at its worst there).
    /// </summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="index">Its column, or −1 where the runs have none.</param>
    /// <param name="runs">The runs.</param>
    public static double?[] Counted(string metric, int index, ArraySegment<RunRow> runs)
    {
        var isShare = RunMetric.Parse(metric) is PlainMetric { IsShare: true };
        return
        [
            .. runs.Select(run =>
                run.Outcome == RunOutcome.Diverged && isShare ? 0
                : index < 0 ? null
                : run.Metrics[index]
            ),
        ];
    }

    /// <summary>The mean of numbers, by the same sums as <see cref="Mean(double?[])"/>.</summary>
    public static double Mean(double[] values) => Mean(Array.ConvertAll(values, value => (double?)value))!.Value;

    /// <summary>The mean, as x₀ + Σ(xᵢ − x₀)/n so that equal values are their own mean; null as soon as one value is.</summary>
    public static double? Mean(double?[] values)
    {
        var sum = (double?)0;
        foreach (var value in values)
            sum += value - values[0];
        return values[0] + (sum / values.Length);
    }

    /// <summary>
    /// The quantile of Student's t with n − 1 degrees of freedom at 1 − <see cref="Significance.Level"/>/2; 0 where
    /// there is no interval, n &lt; 2.
    /// </summary>
    public static double IntervalQuantile(int n) =>
        n < 2 ? 0 : Quantiles.GetOrAdd(n, n => StudentT.Quantile(1 - (Significance.Level / 2), n - 1));

    /// <summary>The mean with its 95 % interval, mean ± t·s/√n, where s² = Σ(xᵢ − mean)²/(n − 1).</summary>
    /// <param name="values">The n values.</param>
    /// <param name="quantile">t, by <see cref="IntervalQuantile"/>.</param>
    public static Estimate Estimate(double?[] values, double quantile)
    {
        if (Mean(values) is not { } mean)
            return new(null, null, null);
        var n = values.Length;
        if (n < 2)
            return new(mean, null, null);
        var half = quantile * Math.Sqrt(Squares(Array.ConvertAll(values, value => value!.Value), mean) / (n - 1) / n);
        return new(mean, mean - half, mean + half);
    }

    /// <summary>
    /// The mean test accuracy with its 95 % interval over seeds and test rows, as <see cref="Comparison"/> has it. Where no variance was
    /// found it is the exact binomial interval of one run's rows; without either there is none.
    /// </summary>
    /// <param name="index">The column of <see cref="Accuracy"/>.</param>
    /// <param name="runs">The runs.</param>
    public static Estimate AccuracyEstimate(int index, ArraySegment<RunRow> runs)
    {
        if (Accuracies(index, runs) is not { } values)
            return new(null, null, null);
        var mean = Mean(values);
        if (values.Length < 2)
            return new(mean, null, null);
        var sample = PairedSample.Of(values, new double[values.Length], RowTerm.OfAccuracy(runs));
        if (Comparison.Of(sample, 0).Interval(Significance.Side) is { } interval)
            return new(mean, interval.Low, interval.High);
        if (runs.FirstOrDefault(run => run.Correct is not null)?.Correct is not { } text)
            return new(mean, null, null);
        var rows = CorrectRows.Read(text).Sum(ofClass => ofClass.Length);
        var (low, high) = ExactBinomial.Interval((int)Math.Round(mean * rows), rows, Significance.Side);
        return new(mean, low, high);
    }

    /// <summary>
    /// The standardized mean d = x̄/s with s² = Σ(xᵢ − x̄)²/(n − 1): of paired differences Cohen's d_z. Null for fewer
    /// than two values, and where s is no more than rounding.
    /// </summary>
    /// <param name="values">The n values, one at least.</param>
    /// <param name="rounding">How far from each other, at most, rounding has moved equal values; 0 at least.</param>
    public static double? Standardized(double[] values, double rounding)
    {
        if (values.Length < 2)
            return null;
        var mean = Mean(values);
        var deviation = Math.Sqrt(Squares(values, mean) / (values.Length - 1));
        return deviation > rounding ? mean / deviation : null;
    }

    /// <summary>Σ(xᵢ − mean)².</summary>
    public static double Squares(double[] values, double mean)
    {
        var squares = 0.0;
        foreach (var value in values)
            squares += (value - mean) * (value - mean);
        return squares;
    }
}
