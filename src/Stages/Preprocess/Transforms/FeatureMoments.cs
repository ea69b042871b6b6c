using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>Mean and standard deviation of each feature over some rows, in float64, summed in the order of the rows.</summary>
/// <param name="Mean">The means.</param>
/// <param name="Deviation">The standard deviations, with the number of rows as divisor.</param>
public sealed record FeatureMoments(double[] Mean, double[] Deviation)
{
    /// <summary>The moments of the given rows as they are stored.</summary>
    public static FeatureMoments Of(PreparedData data, ReadOnlySpan<int> rows)
    {
        var features = data.Header.Features;
        var (mean, deviation) = (new double[features], new double[features]);
        var row = new float[features];
        foreach (var i in rows)
        {
            Load(data, i, row);
            for (var j = 0; j < features; j++)
                mean[j] += row[j];
        }
        for (var j = 0; j < features; j++)
            mean[j] /= rows.Length;
        foreach (var i in rows)
        {
            Load(data, i, row);
            for (var j = 0; j < features; j++)
                deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]);
        }
        for (var j = 0; j < features; j++)
            deviation[j] = Math.Sqrt(deviation[j] / rows.Length);
        return new(mean, deviation);
    }

    /// <summary>The moments after a map.</summary>
    public FeatureMoments After(AffineMap map)
    {
        var (mean, deviation) = (new double[Mean.Length], new double[Mean.Length]);
        for (var j = 0; j < mean.Length; j++)
        {
            mean[j] = (Mean[j] - map.Shift[j]) * map.Scale[j];
            deviation[j] = Deviation[j] * Math.Abs(map.Scale[j]);
        }
        return new(mean, deviation);
    }

    private static void Load(PreparedData data, int row, float[] target)
    {
        if (!data.Header.Bytes)
        {
            data.FloatRow(row).CopyTo(target);
            return;
        }
        var bytes = data.ByteRow(row);
        for (var j = 0; j < target.Length; j++)
            target[j] = bytes[j];
    }
}
