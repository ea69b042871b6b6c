using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate;

/// <summary>
/// The variance of a mean over seeds, and over test rows where the values are made of accuracies. Every seed meets every row: a crossed
/// design, rows stratified by class, as they are drawn (S. R. Searle, G. Casella, C. E. McCulloch, Variance components, 1992).
/// SE² = (MS_seed + MS_row − MS_interaction)/(S·R), where MS_seed and MS_row count as MS_interaction at least. Without rows it is the
/// variance of Student's t test, s²/S.
/// </summary>
/// <remarks>
/// mean/SE is compared with a mixture of Student's t: of S − 1 degrees of freedom for the seeds' share of SE², of MS_row's for the rows'
/// share. Satterthwaite's degrees of freedom of the sum (An approximate distribution of estimates of variance components, 1946)
/// would be many just where few seeds look alike by chance: false verdicts would be up to four times as frequent as the level.
/// </remarks>
/// <param name="Seeds">The part that more seeds make smaller.</param>
/// <param name="Rows">The part that is left however many seeds there are, 0 without rows.</param>
internal sealed record MeanVariance(VariancePart Seeds, VariancePart Rows)
{
    /// <summary>SE².</summary>
    public double Total => Seeds.Variance + Rows.Variance;

    /// <summary>The degrees of freedom of the parts, their harmonic mean weighted by shares of SE²: a summary.</summary>
    public double DegreesOfFreedom => 1 / Parts().Sum(part => part.Variance / Total / part.DegreesOfFreedom);

    /// <summary>The variance of the mean of values.</summary>
    /// <param name="values">A value a seed, two at least.</param>
    /// <param name="blocks">How the rows of each test split depart from them.</param>
    public static MeanVariance Of(double[] values, IReadOnlyList<RowBlock> blocks)
    {
        var n = values.Length;
        var seeds = Statistics.Squares(values, Statistics.Mean(values)) / (n - 1) / n;
        if (blocks.Count == 0)
            return new(new(seeds, n - 1), default);
        var parts = blocks.Select(block => block.Parts()).ToList();
        var rows = Sum(parts.Select(part => part.Rows));
        var interaction = parts.Sum(part => part.Interaction);
        var onlyRows = rows.Variance - interaction;
        return new(
            new(Math.Max(seeds, interaction), n - 1),
            onlyRows > 0 ? new(onlyRows, rows.DegreesOfFreedom) : default
        );
    }

    /// <summary>The probability of a mean/SE of at most t, if the true mean were 0.</summary>
    public double Cdf(double t) => Parts().Sum(part => part.Variance / Total * StudentT.Cdf(t, part.DegreesOfFreedom));

    /// <summary>The t with <see cref="Cdf"/> = p, by halving what lies between those of the parts.</summary>
    /// <param name="p">0…1, both excluded.</param>
    public double Quantile(double p)
    {
        double[] ofParts = [.. Parts().Select(part => StudentT.Quantile(p, part.DegreesOfFreedom))];
        var (low, high) = (ofParts.Min(), ofParts.Max());
        for (var middle = low + ((high - low) / 2); middle > low && middle < high; middle = low + ((high - low) / 2))
            (low, high) = Cdf(middle) < p ? (middle, high) : (low, middle);
        return high;
    }

    /// <summary>As it would be of another number of seeds, two at least, that vary as these do.</summary>
    public MeanVariance Scaled(int from, int to) => this with { Seeds = new(Seeds.Variance * from / to, to - 1) };

    private IEnumerable<VariancePart> Parts() => new[] { Seeds, Rows }.Where(part => part.Variance > 0);

    /// <summary>By Satterthwaite's degrees of freedom, which are none too many here: every part has many.</summary>
    private static VariancePart Sum(IEnumerable<VariancePart> parts)
    {
        VariancePart[] all = [.. parts];
        var sum = all.Sum(part => part.Variance);
        var squares = all.Sum(part => part.Variance * part.Variance / part.DegreesOfFreedom);
        return new(sum, squares == 0 ? all.Sum(part => part.DegreesOfFreedom) : sum * sum / squares);
    }
}
