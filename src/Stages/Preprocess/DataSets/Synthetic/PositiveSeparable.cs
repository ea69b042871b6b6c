using Pipeline.Numerics;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Points of the open unit cube, all features positive, in two classes that a plane through the cube's centre parts:
/// <c>class = 1 if Σ wⱼ·(xⱼ − ½) > 0, else 0</c> with w standard normal and x uniform. A point whose distance to the plane,
/// <c>|Σ wⱼ·(xⱼ − ½)|/‖w‖</c>, is below the margin, or 0, is drawn again. The rows take classes in turn: a point of the other class is
/// mirrored through the centre.
/// </summary>
/// <remarks>
/// Gradients of a neuron whose inputs are all positive have one sign; LeCun, Bottou, Orr, Müller:
/// Efficient BackProp. 1998, section 4.3.
/// </remarks>
internal sealed class PositiveSeparable : SyntheticDataSet
{
    private const uint PlaneStream = 0;
    private const uint PointsStream = 1;
    private const int MostDrawsARow = 1000;

    private readonly int rows;
    private readonly int features;
    private readonly double margin;
    private readonly int seed;

    /// <summary>Points and a plane.</summary>
    /// <param name="rows">The number of rows, from 2.</param>
    /// <param name="features">The number of features, 1…100,000.</param>
    /// <param name="margin">
    /// The smallest distance of a point to the plane, from 0 to below ½, the distance of the cube's
    /// sides to its centre.
    /// </param>
    /// <param name="seed">The seed, from 0.</param>
    public PositiveSeparable(int rows = 1000, int features = 20, double margin = 0.02, int seed = 0)
    {
        if (features is not (>= 1 and <= 100_000))
            throw new ArgumentOutOfRangeException(
                nameof(features),
                features,
                "The features of positive-separable must be from 1 to 100,000."
            );
        if (rows < 2 || (long)rows * features > MostNumbers)
            throw new ArgumentOutOfRangeException(
                nameof(rows),
                rows,
                $"The rows of positive-separable must be from 2 to {MostNumbers / features}."
            );
        if (margin is not (>= 0 and < 0.5))
            throw new ArgumentOutOfRangeException(
                nameof(margin),
                margin,
                "The margin of positive-separable must be from 0 to below 0.5."
            );
        if (seed < 0)
            throw new ArgumentOutOfRangeException(
                nameof(seed),
                seed,
                "The seed of positive-separable must be at least 0."
            );
        (this.rows, this.features, this.margin, this.seed) = (rows, features, margin, seed);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape => [features];

    private protected override DataSet Draw()
    {
        var plane = new float[features];
        new RandomStream((ulong)seed, RandomPurpose.Data, PlaneStream).FillNormal(plane);
        var norm = 0.0;
        foreach (var w in plane)
            norm += (double)w * w;
        var least = margin * Math.Sqrt(norm);
        var floats = new float[rows * features];
        var labels = new int[rows];
        var reader = new RandomStream((ulong)seed, RandomPurpose.Data, PointsStream).Read();
        var left = (long)rows * MostDrawsARow;
        for (var r = 0; r < rows; r++)
        {
            var point = floats.AsSpan(r * features, features);
            var side = 0.0;
            do
            {
                if (left-- == 0)
                    throw new InvalidDataException(
                        $"Too few points lie beyond the margin {margin} of positive-separable: choose a smaller one."
                    );
                side = DrawPoint(ref reader, point, plane);
            } while (side == 0 || Math.Abs(side) < least);
            labels[r] = r % 2;
            if (side > 0 != (labels[r] == 1))
                Mirror(point);
        }
        return new()
        {
            Shape = Shape!,
            Classes = 2,
            Floats = floats,
            Labels = labels,
        };
    }

    // Odd multiples of 2⁻²⁴: float32 holds them and their mirror images exactly, and 0 and 1 are none.
    private static double DrawPoint(ref RandomReader reader, Span<float> point, ReadOnlySpan<float> plane)
    {
        var side = 0.0;
        for (var j = 0; j < point.Length; j++)
        {
            point[j] = ((2 * (reader.NextUInt32() >> 9)) + 1) * (1f / (1 << 24));
            side += plane[j] * (point[j] - 0.5);
        }
        return side;
    }

    private static void Mirror(Span<float> point)
    {
        foreach (ref var x in point)
            x = 1 - x;
    }
}
