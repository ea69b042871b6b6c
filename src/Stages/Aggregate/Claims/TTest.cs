using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>
/// Student's one-sample t test, of pairs by their differences: t = x̄/(s/√n) with s² = Σ(xᵢ − x̄)²/(n − 1) has n − 1 degrees of freedom
/// when the xᵢ are drawn from a normal distribution of mean 0.
/// </summary>
/// <param name="Greater">P(T ≥ t): the p of the hypothesis that the mean is above 0.</param>
/// <param name="Less">P(T ≤ t): the p of the hypothesis that the mean is below 0.</param>
internal readonly record struct TTest(double Greater, double Less)
{
    /// <summary>Tests two or more values. Where all are equal, the p are 0 and 1, or ½ where the values are 0.</summary>
    public static TTest Of(double[] values)
    {
        var n = values.Length;
        var mean = Statistics.Mean(values);
        var squares = Statistics.Squares(values, mean);
        if (squares == 0)
            return mean == 0 ? new(0.5, 0.5) : new(mean > 0 ? 0 : 1, mean < 0 ? 0 : 1);
        var t = mean / Math.Sqrt(squares / (n - 1) / n);
        return new(StudentT.Cdf(-t, n - 1), StudentT.Cdf(t, n - 1));
    }
}
