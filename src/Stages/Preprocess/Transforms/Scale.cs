namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Stretches every feature of the test split alone: <c>y = s·x</c>, in the units that the chain has reached there. For
/// studies of what a network makes of data that differ from those it was trained on.
/// </summary>
internal sealed class Scale : Transform
{
    private readonly double factor;

    /// <summary>The factor.</summary>
    /// <param name="factor">s, not 0.</param>
    /// <exception cref="ArgumentException">The factor is 0.</exception>
    public Scale(double factor) =>
        this.factor =
            factor != 0
                ? factor
                : throw new ArgumentException("scale(factor) needs a number other than 0.", nameof(factor));

    /// <inheritdoc/>
    public override ChangedRows Changes => ChangedRows.Test;

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) =>
        new TestMap(AffineMap.Line(training.Features, factor, offset: 0));
}
