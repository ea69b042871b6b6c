using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>The values that a claim compares on one of its sides, one a seed in the order of the seeds.</summary>
/// <param name="Values">The values; empty where one is missing.</param>
/// <param name="Missing">Why one is missing, a sentence without its full stop; null where none is.</param>
/// <param name="Runs">The run that each value is of; of a slope, that at the first value of its axis.</param>
/// <param name="Best">The values along the axes where the best was asked for, or null where none was.</param>
internal sealed record ClaimSide(double[] Values, string? Missing, RunRow[] Runs, IReadOnlyList<Scalar>? Best)
{
    /// <summary>
    /// The cells that a side is about, as <see cref="ClaimCells.Lines"/>; empty where they are no part of the plan. In a part of a
    /// study the best of some cells need not be the best of all; there, a cell is missing as soon as one of those to choose from is.
    /// </summary>
    public static ChosenTrial[][] Lines(
        Plan plan,
        ClaimMetric metric,
        CellChoice choice,
        IReadOnlyDictionary<int, ChosenTrial> cells
    )
    {
        var allowed = ClaimCells.Lines(plan.Scientific, choice, metric.SlopeAxis);
        var lines = allowed
            .Where(line => line.All(cells.ContainsKey))
            .Select(line => line.Select(cell => cells[cell]).ToArray())
            .ToArray();
        return plan.Partial && lines.Length < allowed.Count ? [] : lines;
    }

    /// <summary>A side of a claim.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="metric">What is compared.</param>
    /// <param name="choice">The side's cells.</param>
    /// <param name="columns">The names of the runs' metrics.</param>
    /// <param name="allowed">Its lines; one at least.</param>
    /// <param name="seeds">How many of each cell's runs count, from the first.</param>
    public static ClaimSide Of(
        Plan plan,
        ClaimMetric metric,
        CellChoice choice,
        string[] columns,
        ChosenTrial[][] allowed,
        int seeds
    )
    {
        var lines = Array.ConvertAll(allowed, line => Array.ConvertAll(line, cell => cell.Runs[..seeds]));
        var line = lines.Length == 1 ? lines[0] : BestOf(lines, columns);
        var (values, missing) = Collect(plan, metric, columns, line);
        var best = choice.Best.Select(key => line[0][0].Values[AxisIndex(plan, key)]).ToArray();
        return new(values, missing, [.. line[0]], best.Length == 0 ? null : best);
    }

    /// <summary>
    /// The line with the best mean validation accuracy over its cells; among equals (see <see cref="TrialChoice.Rounding"/>) the first.
    /// </summary>
    private static ArraySegment<RunRow>[] BestOf(ArraySegment<RunRow>[][] lines, string[] columns)
    {
        var accuracies = Array.ConvertAll(
            lines,
            line => Statistics.Mean(Array.ConvertAll(line, runs => TrialChoice.MeanAccuracy(columns, runs)))
        );
        var limit = accuracies.Max() - TrialChoice.Rounding;
        return lines[Array.FindIndex(accuracies, accuracy => accuracy >= limit)];
    }

    private static (double[] Values, string? Missing) Collect(
        Plan plan,
        ClaimMetric metric,
        string[] columns,
        ArraySegment<RunRow>[] line
    )
    {
        var name = metric.Run.Text;
        var index = Array.IndexOf(columns, name);
        var counted = new double[line.Length][];
        for (var i = 0; i < line.Length; i++)
        {
            var values = Statistics.Counted(name, index, line[i]);
            var missing = Array.FindIndex(values, value => value is null || (metric.IsLog && value <= 0));
            if (missing >= 0)
                return ([], Reason(name, line[i][missing], values[missing]));
            counted[i] = Array.ConvertAll(values, value => metric.IsLog ? Float64.Log(value!.Value) : value!.Value);
        }
        if (metric.SlopeAxis is not { } key)
            return (counted[0], null);
        var x = Array.ConvertAll(line, runs => runs[0].Values[AxisIndex(plan, key)].ToDouble());
        return (
            [
                .. Enumerable
                    .Range(0, line[0].Count)
                    .Select(seed => Slope(x, Array.ConvertAll(counted, cell => cell[seed]))),
            ],
            null
        );
    }

    private static string Reason(string name, RunRow run, double? value) =>
        value is { } number
            ? $"run {run.Run} has {name} {CanonicalJson.Number(number)}, which has no logarithm"
            : $"run {run.Run} {(run.Outcome == RunOutcome.Diverged ? "diverged and " : "")}has no {name}";

    /// <summary>The least-squares slope Σ(xᵢ − x̄)(yᵢ − ȳ)/Σ(xᵢ − x̄)².</summary>
    private static double Slope(double[] x, double[] y)
    {
        var (meanX, meanY) = (Statistics.Mean(x), Statistics.Mean(y));
        var products = 0.0;
        for (var i = 0; i < x.Length; i++)
            products += (x[i] - meanX) * (y[i] - meanY);
        return products / Statistics.Squares(x, meanX);
    }

    private static int AxisIndex(Plan plan, string key) => plan.Scientific.TakeWhile(axis => axis.Key != key).Count();
}
