using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Classes that are normally distributed about means of their own, all with the covariance
/// <c>Σⱼₖ = sⱼ·sₖ·(ρ + (1 − ρ)·δⱼₖ)</c>, where the deviations s are a geometric sequence from 1 to the scale ratio. A
/// row of class c, the rows taking classes in turn, is <c>xⱼ = m_cⱼ + sⱼ·(√ρ·z₀ + √(1 − ρ)·zⱼ)</c> with z standard
/// normal. Means are <c>m_cⱼ = sⱼ·k·u_cⱼ</c> with u standard normal and k such that the two nearest of all k·u_c are
/// <c>separation</c> apart: the smallest distance between class means, measured in deviations.
/// </summary>
internal sealed class GaussianBlobs : SyntheticDataSet
{
    private const uint MeansStream = 0;
    private const uint RowsStream = 1;

    private readonly int classes;
    private readonly int features;
    private readonly int rows;
    private readonly double separation;
    private readonly double correlation;
    private readonly double scaleRatio;
    private readonly int seed;

    /// <summary>Blobs.</summary>
    /// <param name="classes">The number of classes, 2…1,000.</param>
    /// <param name="features">The number of features, 1…100,000.</param>
    /// <param name="rows">The number of rows, at least one for each class.</param>
    /// <param name="separation">The smallest distance between class means in deviations, 0…1,000,000; at 0 all means are 0.</param>
    /// <param name="correlation">The correlation ρ of any two features within a class, from 0 to below 1.</param>
    /// <param name="scaleRatio">The deviation of the last feature, that of the first being 1; 1e−6…1e6.</param>
    /// <param name="seed">The seed, from 0.</param>
    public GaussianBlobs(
        int classes = 3,
        int features = 2,
        int rows = 900,
        double separation = 4,
        double correlation = 0,
        double scaleRatio = 1,
        int seed = 0
    )
    {
        if (classes is not (>= 2 and <= 1000))
            throw new ArgumentOutOfRangeException(
                nameof(classes),
                classes,
                "The classes of gaussian-blobs must be from 2 to 1,000."
            );
        if (features is not (>= 1 and <= 100_000))
            throw new ArgumentOutOfRangeException(
                nameof(features),
                features,
                "The features of gaussian-blobs must be from 1 to 100,000."
            );
        if (rows < classes || (long)rows * (features + 1) > MostNumbers)
            throw new ArgumentOutOfRangeException(
                nameof(rows),
                rows,
                $"The rows of gaussian-blobs must be from {classes}, one a class, to {MostNumbers / (features + 1)}."
            );
        if (separation is not (>= 0 and <= 1e6))
            throw new ArgumentOutOfRangeException(
                nameof(separation),
                separation,
                "The separation of gaussian-blobs must be from 0 to 1,000,000."
            );
        if (correlation is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(correlation),
                correlation,
                "The correlation of gaussian-blobs must be from 0 to below 1."
            );
        if (scaleRatio is not (>= 1e-6 and <= 1e6))
            throw new ArgumentOutOfRangeException(
                nameof(scaleRatio),
                scaleRatio,
                "The scale_ratio of gaussian-blobs must be from 0.000001 to 1,000,000."
            );
        if (seed < 0)
            throw new ArgumentOutOfRangeException(nameof(seed), seed, "The seed of gaussian-blobs must be at least 0.");
        (this.classes, this.features, this.rows, this.seed) = (classes, features, rows, seed);
        (this.separation, this.correlation, this.scaleRatio) = (separation, correlation, scaleRatio);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape => [features];

    private protected override DataSet Draw()
    {
        var means = new float[classes * features];
        new RandomStream((ulong)seed, RandomPurpose.Data, MeansStream).FillNormal(means);
        var stretch = Stretch(means);
        var deviations = new double[features];
        for (var j = 0; j < features; j++)
            deviations[j] = features == 1 ? 1 : Float64.Pow(scaleRatio, j / (features - 1.0));
        var noise = new float[rows * (features + 1)];
        new RandomStream((ulong)seed, RandomPurpose.Data, RowsStream).FillNormal(noise);
        var (common, own) = (Math.Sqrt(correlation), Math.Sqrt(1 - correlation));
        var floats = new float[rows * features];
        var labels = new int[rows];
        for (var r = 0; r < rows; r++)
        {
            labels[r] = r % classes;
            var mean = means.AsSpan(labels[r] * features, features);
            var z = noise.AsSpan(r * (features + 1), features + 1);
            for (var j = 0; j < features; j++)
                floats[(r * features) + j] = (float)(
                    deviations[j] * ((stretch * mean[j]) + (common * z[0]) + (own * z[j + 1]))
                );
        }
        return new()
        {
            Shape = Shape!,
            Classes = classes,
            Floats = floats,
            Labels = labels,
        };
    }

    private double Stretch(float[] means)
    {
        var nearest = double.PositiveInfinity;
        for (var a = 0; a < classes; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var square = 0.0;
                for (var j = 0; j < features; j++)
                {
                    var difference = (double)means[(a * features) + j] - means[(b * features) + j];
                    square += difference * difference;
                }
                nearest = Math.Min(nearest, square);
            }
        }
        return nearest > 0
            ? separation / Math.Sqrt(nearest)
            : throw new InvalidDataException(
                $"Two class means of gaussian-blobs are equal with the seed {seed}: take another."
            );
    }
}
