using Pipeline.Artifacts;

namespace Pipeline.Stages.Aggregate;

/// <summary>What the accuracy of a cell's runs contributes to a value a seed: weight × accuracy, near the runs' accuracies.</summary>
/// <param name="TestSet">
/// What tells test splits apart, see <see cref="Artifacts.TestSet"/>: cells with equal ones are
/// tested by the same rows.
/// </param>
/// <param name="Runs">The cell's runs, a run a seed.</param>
/// <param name="Weights">A weight a seed: the derivative of the value by the run's accuracy.</param>
internal sealed record RowTerm(string TestSet, ArraySegment<RunRow> Runs, double[] Weights)
{
    /// <summary>An accuracy itself, beside others of the same test split.</summary>
    public static RowTerm OfAccuracy(ArraySegment<RunRow> runs) =>
        new("", runs, [.. Enumerable.Repeat(1.0, runs.Count)]);

    /// <summary>As the other side of a difference.</summary>
    public RowTerm Negated() => this with { Weights = Array.ConvertAll(Weights, weight => -weight) };

    /// <summary>The term of the values' logarithms.</summary>
    /// <param name="values">The values, a value a seed; positive.</param>
    public RowTerm OfLogarithm(IReadOnlyList<double> values) =>
        this with
        {
            Weights = [.. Weights.Zip(values, (weight, value) => weight / value)],
        };
}
