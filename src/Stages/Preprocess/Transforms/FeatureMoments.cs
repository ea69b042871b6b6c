namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>What is known of each feature by itself over the training rows, in float64, summed in the order of the rows.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Deviation">The standard deviations, with the number of rows as divisor; exactly 0 for a constant feature.</param>
/// <param name="Least">The smallest values.</param>
/// <param name="Greatest">The largest values.</param>
public sealed record FeatureMoments(double[] Mean, double[] Deviation, double[] Least, double[] Greatest)
{
    /// <summary>The moments of rows.</summary>
    /// <param name="rows">Hands the rows out in blocks [rows, features], always the same.</param>
    /// <param name="features">The number of features.</param>
    internal static FeatureMoments Of(BlockedRows rows, int features)
    {
        var (mean, deviation, least, greatest) = (
            new double[features],
            new double[features],
            new double[features],
            new double[features]
        );
        Array.Fill(least, double.PositiveInfinity);
        Array.Fill(greatest, double.NegativeInfinity);
        rows.Each(
            (_, block) =>
            {
                for (var i = 0; i < block.Length; i += features)
                {
                    var row = block.Slice(i, features);
                    for (var j = 0; j < row.Length; j++)
                    {
                        mean[j] += row[j];
                        least[j] = Math.Min(least[j], row[j]);
                        greatest[j] = Math.Max(greatest[j], row[j]);
                    }
                }
            }
        );
        for (var j = 0; j < features; j++)
            mean[j] = least[j] == greatest[j] ? least[j] : mean[j] / rows.Count;
        rows.Each(
            (_, block) =>
            {
                for (var i = 0; i < block.Length; i += features)
                {
                    var row = block.Slice(i, features);
                    for (var j = 0; j < row.Length; j++)
                        deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]);
                }
            }
        );
        for (var j = 0; j < features; j++)
            deviation[j] = Math.Sqrt(deviation[j] / rows.Count);
        return new(mean, deviation, least, greatest);
    }

    // As for components: the square root of what their variance may be rounded by.
    private const double Rounding = 1.0 / (1L << 52);

    /// <summary>
    /// The moments of what a linear map gave, in which a feature that varies by no more than rounding is constant.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    public FeatureMoments WithoutRounding(int rows)
    {
        var least = Deviation.Max() * Math.Sqrt(Math.Max(rows, Mean.Length) * Rounding);
        bool IsConstant(int j) => Deviation[j] <= least;
        double[] Where(double[] values, Func<int, double> constant) =>
            [.. values.Select((value, j) => IsConstant(j) ? constant(j) : value)];
        return new(Mean, Where(Deviation, _ => 0), Where(Least, j => Mean[j]), Where(Greatest, j => Mean[j]));
    }

    /// <summary>The moments after a map.</summary>
    public FeatureMoments After(AffineMap map)
    {
        var after = new FeatureMoments(
            new double[Mean.Length],
            new double[Mean.Length],
            new double[Mean.Length],
            new double[Mean.Length]
        );
        for (var j = 0; j < Mean.Length; j++)
        {
            var (x, y) = (Map(Least[j]), Map(Greatest[j]));
            after.Mean[j] = Map(Mean[j]);
            after.Deviation[j] = Deviation[j] * Math.Abs(map.Scale[j]);
            after.Least[j] = Math.Min(x, y);
            after.Greatest[j] = Math.Max(x, y);

            double Map(double value) => (value - map.Shift[j]) * map.Scale[j];
        }
        return after;
    }
}
