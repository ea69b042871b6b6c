using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Two Archimedean spirals in the plane, the second the first turned by 180°. Row r is of class c = r mod 2, and with
/// i = ⌊r/2⌋ of n = rows/2: <c>φ = 2π·turns·√((i + ½)/n), x = (−1)ᶜ·φ/2π·(cos φ, sin φ) + noise·(z₁, z₂)</c>, z
/// standard normal. Rows lie evenly along a spiral; one turn leads outward by 1, so that the spirals are ½ apart.
/// </summary>
/// <remarks>After K. J. Lang, M. J. Witbrock: Learning to tell two spirals apart. Connectionist Models Summer School 1988.</remarks>
internal sealed class TwoSpirals : SyntheticDataSet
{
    private readonly int rows;
    private readonly double noise;
    private readonly double turns;
    private readonly int seed;

    /// <summary>Spirals.</summary>
    /// <param name="rows">The number of rows, even, half of them for each class.</param>
    /// <param name="noise">The standard deviation of the noise, from 0.</param>
    /// <param name="turns">How often a spiral winds about the centre, above 0 and at most 100.</param>
    /// <param name="seed">The seed of the noise, from 0.</param>
    public TwoSpirals(int rows = 1000, double noise = 0.1, double turns = 1.5, int seed = 0)
    {
        if (rows < 2 || rows % 2 != 0 || rows > MostNumbers / 2)
            throw new ArgumentOutOfRangeException(
                nameof(rows),
                rows,
                "The rows of two-spirals must be an even number from 2 to 134,217,728."
            );
        if (noise is not (>= 0 and <= 1e6))
            throw new ArgumentOutOfRangeException(
                nameof(noise),
                noise,
                "The noise of two-spirals must be from 0 to 1,000,000."
            );
        if (turns is not (> 0 and <= 100))
            throw new ArgumentOutOfRangeException(
                nameof(turns),
                turns,
                "The turns of two-spirals must be above 0 and at most 100."
            );
        if (seed < 0)
            throw new ArgumentOutOfRangeException(nameof(seed), seed, "The seed of two-spirals must be at least 0.");
        (this.rows, this.noise, this.turns, this.seed) = (rows, noise, turns, seed);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape { get; } = [2];

    private protected override DataSet Draw()
    {
        var features = new float[2 * rows];
        var labels = new int[rows];
        new RandomStream((ulong)seed, RandomPurpose.Data).FillNormal(features);
        for (var r = 0; r < rows; r++)
        {
            var radius = turns * Math.Sqrt(((r / 2) + 0.5) / (rows / 2));
            var angle = 2 * Math.PI * radius;
            labels[r] = r % 2;
            if (labels[r] == 1)
                radius = -radius;
            features[2 * r] = (float)((radius * Float64.Cos(angle)) + (noise * features[2 * r]));
            features[(2 * r) + 1] = (float)((radius * Float64.Sin(angle)) + (noise * features[(2 * r) + 1]));
        }
        return new()
        {
            Shape = Shape!,
            Classes = 2,
            Floats = features,
            Labels = labels,
        };
    }
}
