namespace Pipeline.Stages.Train;

/// <summary>
/// A measure of predictions on the test split, a share from 0, the worst, to 1, such as <c>macro_f1</c>. A run's result
/// holds it as <c>test_</c> and the call that the study writes.
/// </summary>
[Catalogue("metric")]
public abstract class Metric
{
    private protected Metric() { }

    /// <summary>Measures predictions.</summary>
    /// <param name="logits">A row-major matrix [rows, classes] of finite numbers.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>0…1.</returns>
    internal abstract double Of(ReadOnlySpan<float> logits, ReadOnlySpan<int> labels, int classes);
}
