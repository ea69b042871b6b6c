namespace Pipeline.Stages.Train;

/// <summary>
/// A measure of a trained network on the test split, such as <c>macro_f1</c>: a share from 0, the worst, to 1, or, where its name ends
/// in <c>_difference</c>, <c>_range</c> or <c>_operations</c>, another number from 0. A run's result holds it as <c>test_</c> and the
/// call that the study writes.
/// </summary>
[Catalogue("metric")]
public abstract class Metric
{
    private protected Metric() { }

    /// <summary>Measures a network.</summary>
    /// <param name="network">The network, and what it makes of the test split.</param>
    /// <returns>0…1, or a number from 0; not finite where there is nothing to measure, which leaves it out of the result.</returns>
    internal abstract double Of(MeasuredNetwork network);
}
