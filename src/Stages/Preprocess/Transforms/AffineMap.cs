namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>A map of each feature by itself, <c>y = (x − shift) · scale</c>.</summary>
/// <param name="Shift">What is subtracted, one a feature.</param>
/// <param name="Scale">What the difference is multiplied by, one a feature; finite, not 0.</param>
public sealed record AffineMap(double[] Shift, double[] Scale) : FittedTransform
{
    /// <summary>The map that changes nothing.</summary>
    public static AffineMap Identity(int features)
    {
        var scale = new double[features];
        Array.Fill(scale, 1);
        return new(new double[features], scale);
    }

    /// <summary>The map of all features by one line, <c>y = scale · x + offset</c>.</summary>
    public static AffineMap Line(int features, double scale, double offset)
    {
        var (shifts, scales) = (new double[features], new double[features]);
        Array.Fill(shifts, -offset / scale);
        Array.Fill(scales, scale);
        return new(shifts, scales);
    }

    /// <summary>Whether the map changes nothing.</summary>
    public bool IsIdentity => !Shift.AsSpan().ContainsAnyExcept(0) && !Scale.AsSpan().ContainsAnyExcept(1);

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

    /// <summary>Maps rows in place.</summary>
    /// <param name="rows">[rows, features].</param>
    public void Apply(Span<double> rows)
    {
        for (var start = 0; start < rows.Length; start += Shift.Length)
        {
            var row = rows.Slice(start, Shift.Length);
            for (var j = 0; j < row.Length; j++)
                row[j] = (row[j] - Shift[j]) * Scale[j];
        }
    }
}
