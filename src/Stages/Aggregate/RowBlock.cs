using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>
/// How the test rows of one test split depart from a value's mean, seed by seed: for each row Σ weight × (right − accuracy) over the
/// terms, so that a seed's rows sum to 0.
/// </summary>
internal sealed class RowBlock
{
    private readonly double[][] deviations;
    private readonly int[] strata;

    private RowBlock(int seeds, int[] classSizes)
    {
        // A class of one row has no variance of its own: such rows make one stratum.
        strata = [.. classSizes.SelectMany((size, number) => Enumerable.Repeat(size > 1 ? number + 1 : 0, size))];
        deviations = [.. Enumerable.Range(0, seeds).Select(_ => new double[strata.Length])];
    }

    /// <summary>The blocks of some terms, one a test split. A diverged run got every row wrong, and adds nothing.</summary>
    public static IReadOnlyList<RowBlock> Of(IReadOnlyList<RowTerm> terms)
    {
        var blocks = new Dictionary<string, RowBlock>(StringComparer.Ordinal);
        foreach (var term in terms)
        {
            for (var seed = 0; seed < term.Weights.Length; seed++)
            {
                if (term.Runs[seed].Correct is not { } text)
                    continue;
                var classes = CorrectRows.Read(text);
                var sizes = Array.ConvertAll(classes, rows => rows.Length);
                var key = $"{term.TestSet}\n{string.Join(' ', sizes)}";
                if (!blocks.TryGetValue(key, out var block))
                    blocks.Add(key, block = new(term.Weights.Length, sizes));
                block.Add(seed, classes, term.Weights[seed]);
            }
        }
        return [.. blocks.Values.Where(block => block.DegreesOfFreedom > 0)];
    }

    /// <summary>Rows less strata.</summary>
    private int DegreesOfFreedom => strata.Length - strata.Distinct().Count();

    /// <summary>
    /// What the rows and what the interaction of seeds and rows contribute to the variance of the mean over both: their mean squares
    /// within strata, divided by seeds × rows.
    /// </summary>
    public (VariancePart Rows, double Interaction) Parts()
    {
        var (seeds, rows, count) = (deviations.Length, strata.Length, strata.Max() + 1);
        var means = new double[rows];
        foreach (var seed in deviations)
        {
            for (var r = 0; r < rows; r++)
                means[r] += seed[r] / seeds;
        }
        var classMeans = ByStratum(means);
        var (ofRows, ofInteraction) = (0.0, 0.0);
        for (var r = 0; r < rows; r++)
            ofRows += seeds * Square(means[r] - classMeans[strata[r]]);
        foreach (var seed in deviations)
        {
            var seedMeans = ByStratum(seed);
            for (var r = 0; r < rows; r++)
                ofInteraction += Square(seed[r] - seedMeans[strata[r]] - means[r] + classMeans[strata[r]]);
        }
        var (size, freedom) = ((double)seeds * rows, DegreesOfFreedom);
        return (new(ofRows / freedom / size, freedom), ofInteraction / freedom / (seeds - 1) / size);

        double[] ByStratum(double[] values)
        {
            var (sums, sizes) = (new double[count], new int[count]);
            for (var r = 0; r < rows; r++)
            {
                sums[strata[r]] += values[r];
                sizes[strata[r]]++;
            }
            for (var i = 0; i < count; i++)
                sums[i] /= sizes[i];
            return sums;
        }
    }

    private void Add(int seed, bool[][] classes, double weight)
    {
        var mean = (double)classes.Sum(rows => rows.Count(isRight => isRight)) / strata.Length;
        var r = 0;
        foreach (var isRight in classes.SelectMany(rows => rows))
            deviations[seed][r++] += weight * ((isRight ? 1 : 0) - mean);
    }

    private static double Square(double value) => value * value;
}

/// <summary>A part of the variance of a mean, with the degrees of freedom of its estimate.</summary>
internal readonly record struct VariancePart(double Variance, double DegreesOfFreedom);
