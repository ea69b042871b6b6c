namespace Pipeline.Stages.Aggregate;

/// <summary>
/// The variance of a mean over seeds, and over test rows where the values are made of accuracies. Every seed meets every row: a crossed
/// design. SE² = (MS_seed + MS_row − MS_interaction)/(S·R), not below max(MS_seed, MS_row)/(S·R), with degrees of freedom by Satterthwaite
/// (F. E. Satterthwaite, An approximate distribution of estimates of variance components, 1946; for two crossed random factors:
/// S. R. Searle, G. Casella, C. E. McCulloch, Variance components, 1992). Rows are stratified by class, as they are drawn. Without rows it
/// is the variance of Student's t test, s²/S.
/// </summary>
/// <param name="Total">SE², with its degrees of freedom, 1 at least.</param>
/// <param name="Rows">The part that is left however many seeds there are, 0 without rows.</param>
internal sealed record MeanVariance(VariancePart Total, VariancePart Rows)
{
    /// <summary>The variance of the mean of values.</summary>
    /// <param name="values">A value a seed, two at least.</param>
    /// <param name="blocks">How the rows of each test split depart from them.</param>
    public static MeanVariance Of(double[] values, IReadOnlyList<RowBlock> blocks)
    {
        var n = values.Length;
        var seeds = new VariancePart(Statistics.Squares(values, Statistics.Mean(values)) / (n - 1) / n, n - 1);
        if (blocks.Count == 0)
            return new(seeds, default);
        var parts = blocks.Select(block => block.Parts()).ToList();
        var rows = Sum(parts.Select(part => part.Rows));
        var interaction = Sum(parts.Select(part => part.Interaction));
        var onlyRows = rows.Variance - interaction.Variance;
        var total = seeds.Variance + onlyRows;
        return new(
            seeds.Variance >= Math.Max(total, rows.Variance) ? seeds
                : rows.Variance >= total ? rows
                : new(total, Satterthwaite(total, [seeds, rows, interaction])),
            onlyRows > 0 ? new(onlyRows, Satterthwaite(onlyRows, [rows, interaction])) : default
        );
    }

    private static VariancePart Sum(IEnumerable<VariancePart> parts)
    {
        VariancePart[] all = [.. parts];
        var sum = all.Sum(part => part.Variance);
        return new(sum, sum == 0 ? all.Sum(part => part.DegreesOfFreedom) : Satterthwaite(sum, all));
    }

    private static double Satterthwaite(double total, VariancePart[] parts) =>
        Math.Max(1, total * total / parts.Sum(part => part.Variance * part.Variance / part.DegreesOfFreedom));
}
