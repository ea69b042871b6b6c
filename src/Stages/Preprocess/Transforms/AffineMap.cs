namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>A map of each feature by itself, <c>y = (x − shift) · scale</c>.</summary>
/// <param name="Shift">What is subtracted, one a feature.</param>
/// <param name="Scale">What the difference is multiplied by, one a feature; finite, not 0.</param>
public sealed record AffineMap(double[] Shift, double[] Scale)
{
    /// <summary>The map that changes nothing.</summary>
    public static AffineMap Identity(int features)
    {
        var scale = new double[features];
        Array.Fill(scale, 1);
        return new(new double[features], scale);
    }

    /// <summary>This map, then another: <c>((x − a)·s − b)·t = (x − (a + b/s))·(s·t)</c>.</summary>
    public AffineMap Then(AffineMap next)
    {
        var (shift, scale) = (new double[Shift.Length], new double[Scale.Length]);
        for (var j = 0; j < shift.Length; j++)
        {
            shift[j] = Shift[j] + (next.Shift[j] / Scale[j]);
            scale[j] = Scale[j] * next.Scale[j];
        }
        return new(shift, scale);
    }
}
