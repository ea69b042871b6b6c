namespace Pipeline.Stages.Preprocess.Transforms;

/// <summary>
/// Moves every feature of the test split alone: <c>y = x + δ</c>, in the units that the chain has reached there. For
/// studies of what a network makes of data that differ from those it was trained on.
/// </summary>
/// <param name="delta">δ.</param>
internal sealed class Shift(double delta) : Transform
{
    /// <inheritdoc/>
    public override ChangedRows Changes => ChangedRows.Test;

    /// <inheritdoc/>
    public override FittedTransform Fit(TrainingRows training) =>
        new TestMap(AffineMap.Line(training.Features, scale: 1, offset: delta));
}
