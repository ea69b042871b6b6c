using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate;

/// <summary>
/// What paired values say of the mean of their differences: the one place that decides for claims, best cells, intervals and
/// <see cref="PairedDifference"/>. Student's t by the variance over seeds, and over test rows where the values are made of accuracies (see
/// <see cref="MeanVariance"/>). Where no variance at all was found, or a diverged run has no value, an exact sign test takes its place.
/// </summary>
internal sealed record Comparison
{
    private Comparison() { }

    /// <summary>The test.</summary>
    public required ClaimTest Test { get; init; }

    /// <summary>The mean difference; null where a pair has none.</summary>
    public double? Mean { get; private init; }

    /// <summary>The variance of the mean; null where there is none but a sign test.</summary>
    public MeanVariance? Variance { get; private init; }

    /// <summary>The signs of the differences beyond the threshold.</summary>
    public required SignTest Signs { get; init; }

    /// <summary>The p of the hypothesis that differences lie above the threshold.</summary>
    public required double Greater { get; init; }

    /// <summary>The p of the hypothesis that they lie below it.</summary>
    public required double Less { get; init; }

    /// <summary>Tests two pairs or more against a threshold.</summary>
    public static Comparison Of(PairedSample sample, double threshold)
    {
        var beyond = sample.Beyond(threshold);
        var signs = SignTest.Of(beyond);
        double[] differences = [.. sample.Differences.OfType<double>()];
        if (differences.Length < beyond.Length)
            return OfSigns(null);
        var mean = Statistics.Mean(differences);
        var blocks = RowBlock.Of(sample.Terms);
        var variance = MeanVariance.Of(differences, blocks);
        var error = Math.Sqrt(variance.Total);
        if (error <= sample.Tolerance)
            return OfSigns(mean);
        var t = Statistics.Mean(beyond) / error;
        return new()
        {
            Test = blocks.Count > 0 ? ClaimTest.Crossed : ClaimTest.Paired,
            Mean = mean,
            Variance = variance,
            Signs = signs,
            Greater = variance.Cdf(-t),
            Less = variance.Cdf(t),
        };

        Comparison OfSigns(double? value) =>
            new()
            {
                Test = ClaimTest.Sign,
                Mean = value,
                Signs = signs,
                Greater = signs.Greater,
                Less = signs.Less,
            };
    }

    /// <summary>The mean's interval, which a test at the level in each direction agrees with; null where there is no variance.</summary>
    /// <param name="side">The probability, at most, of a truth below it, and of one above it.</param>
    public (double Low, double High)? Interval(double side)
    {
        if (Mean is not { } mean || Variance is not { } variance)
            return null;
        var half = -variance.Quantile(side) * Math.Sqrt(variance.Total);
        return (mean - half, mean + half);
    }

    /// <summary>
    /// With how many seeds, more than there are, it would reject the hypothesis on this side of the threshold, were mean and variance
    /// what they seem to be; null where it isn't a matter of seeds, or of more than <paramref name="most"/>.
    /// </summary>
    public int? SeedsToDecide(int seeds, int most, double threshold, double side)
    {
        if (Mean is not { } mean || Variance is not { } variance || !Rejects(most))
            return null;
        var (fewer, enough) = (seeds, most);
        while (enough - fewer > 1)
        {
            var middle = fewer + ((enough - fewer) / 2);
            (fewer, enough) = Rejects(middle) ? (fewer, middle) : (middle, enough);
        }
        return enough;

        bool Rejects(int count)
        {
            var scaled = variance.Scaled(seeds, count);
            return scaled.Cdf(-Math.Abs(mean - threshold) / Math.Sqrt(scaled.Total)) < side;
        }
    }

    /// <summary>
    /// Whether test rows alone keep the mean from being told from the threshold: though more seeds may move the mean as
    /// far from it as its 95 % interval over seeds reaches, and then agree, no p would be below the level.
    /// </summary>
    public bool IsLimitedByRows(double threshold, double side)
    {
        if (Mean is not { } mean || Variance is not { Rows: { Variance: > 0 } rows, Seeds: var seeds })
            return false;
        var reach = -StudentT.Quantile(Significance.Side, seeds.DegreesOfFreedom) * Math.Sqrt(seeds.Variance);
        var farthest = (Math.Abs(mean - threshold) + reach) / Math.Sqrt(rows.Variance);
        return StudentT.Cdf(-farthest, rows.DegreesOfFreedom) >= side;
    }
}
