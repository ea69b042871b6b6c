namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Stretches each feature so that its training values go from a to b: <c>y = a + (x − min)·(b − a)/(max − min)</c>. A
/// feature that is constant on the training split becomes a.
/// </summary>
internal sealed class ScaleToRange : Transform
{
    private readonly double a;
    private readonly double b;

    /// <summary>The range.</summary>
    /// <param name="a">Where the smallest value goes.</param>
    /// <param name="b">Where the largest value goes; greater than a.</param>
    /// <exception cref="ArgumentException">b is not greater than a.</exception>
    public ScaleToRange(double a = 0, double b = 1)
    {
        if (!(a < b))
            throw new ArgumentException(
                "scale_to_range(a, b) needs a smaller number first, then a greater one.",
                nameof(b)
            );
        (this.a, this.b) = (a, b);
    }

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training)
    {
        var moments = training.Moments;
        var (shift, scale) = (new double[training.Features], new double[training.Features]);
        for (var j = 0; j < shift.Length; j++)
        {
            var width = moments.Greatest[j] - moments.Least[j];
            scale[j] = width == 0 ? 1 : (b - a) / width;
            shift[j] = moments.Least[j] - (a / scale[j]);
        }
        return new AffineMap(shift, scale);
    }
}
