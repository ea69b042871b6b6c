using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Stages.Aggregate.Claims;

/// <summary>The values that a claim compares on one of its sides, one a seed in the order of the seeds.</summary>
/// <param name="Values">
/// The values, null where a run diverged and has none, or has no <see cref="Lead"/>; empty where another one is missing.
/// </param>
/// <param name="Magnitudes">What each value was computed of, in absolute numbers: the scale of its rounding errors.</param>
/// <param name="Missing">Why one is missing, a sentence without its full stop; null where none is.</param>
/// <param name="Runs">The run that each value is of; of a slope or a change, that at the first value of its axis.</param>
/// <param name="Terms">What the test accuracies of runs contribute to the values; empty where the claim is of another metric.</param>
/// <param name="Best">The values along the axes where the best was asked for, or null where none was.</param>
internal sealed record ClaimSide(
    double?[] Values,
    double[] Magnitudes,
    string? Missing,
    RunRow[] Runs,
    RowTerm[] Terms,
    IReadOnlyList<Scalar>? Best
)
{
    /// <summary>
    /// The cells that a side is about, as <see cref="ClaimCells.Lines"/>, of a change the two alone; empty where they are no part of the
    /// plan. In a part of a study the best of some cells need not be the best of all; there, a cell is missing as soon as one is of those
    /// that the study has to choose from.
    /// </summary>
    public static ChosenTrial[][] Lines(
        Plan plan,
        ClaimMetric metric,
        CellChoice choice,
        IReadOnlyDictionary<int, ChosenTrial> cells
    )
    {
        var allowed = ClaimCells.Lines(plan.Scientific, choice, metric.Axis);
        if (metric.Change is { } change)
        {
            var values = plan.Scientific[AxisIndex(plan, metric.Axis!)]
                .Values.Select(value => value.ToString())
                .ToList();
            var (from, to) = (values.IndexOf(change.From), values.IndexOf(change.To));
            allowed = [.. allowed.Select(line => (IReadOnlyList<int>)[line[from], line[to]])];
        }
        var lines = allowed
            .Where(line => line.All(cells.ContainsKey))
            .Select(line => line.Select(cell => cells[cell]).ToArray())
            .ToArray();
        if (lines.Length == allowed.Count)
            return lines;
        var ofStudy = (plan.Whole ?? plan.Trials).Select(plan.Cell).ToHashSet();
        return lines.Length < allowed.Count(line => line.All(ofStudy.Contains)) ? [] : lines;
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
        var best = choice.Best.Select(key => line[0][0].Values[AxisIndex(plan, key)]).ToArray();
        var (values, magnitudes, terms, missing) = Collect(plan, metric, columns, line);
        return new(values, magnitudes, missing, [.. line[0]], terms, best.Length == 0 ? null : best);
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

    private static (double?[] Values, double[] Magnitudes, RowTerm[] Terms, string? Missing) Collect(
        Plan plan,
        ClaimMetric metric,
        string[] columns,
        ArraySegment<RunRow>[] line
    )
    {
        var name = metric.Run.Text;
        var index = Array.IndexOf(columns, name);
        var counted = new double?[line.Length][];
        for (var i = 0; i < line.Length; i++)
        {
            counted[i] = Statistics.Counted(name, index, line[i]);
            for (var seed = 0; seed < counted[i].Length; seed++)
            {
                if (counted[i][seed] is { } value && !(metric.IsLog && value <= 0))
                    continue;
                // Nothing is wrong with a run that ends without the rise that a lead is about; it says nothing of it either.
                var isQuiet = counted[i][seed] is null && metric.Run is Lead;
                if (line[i][seed].Outcome != RunOutcome.Diverged && !isQuiet)
                    return ([], [], [], Reason(name, line[i][seed], counted[i][seed]));
                counted[i][seed] = null;
            }
        }
        double[] coefficients =
            metric.Axis is not { } key ? [1]
            : metric.Change is not null ? [-1, 1]
            : SlopeOf(Array.ConvertAll(line, runs => Abscissa(runs[0].Values[AxisIndex(plan, key)].ToDouble())));
        var values = new double?[line[0].Count];
        var magnitudes = new double[values.Length];
        for (var seed = 0; seed < values.Length; seed++)
        {
            values[seed] = 0;
            for (var i = 0; i < line.Length; i++)
            {
                var value = metric.IsLog ? Logarithm(counted[i][seed]) : counted[i][seed];
                values[seed] += coefficients[i] * value;
                // A logarithm is rounded by as much as 1 is, however near to 0 it lies.
                magnitudes[seed] += Math.Abs(coefficients[i]) * (Math.Abs(value ?? 0) + (metric.IsLog ? 1 : 0));
            }
        }
        return (values, magnitudes, name == Statistics.Accuracy ? Terms() : [], null);

        double Abscissa(double value) => metric.IsLogAxis ? Float64.Log(value) : value;

        RowTerm[] Terms() =>
            [
                .. line.Select(
                    (runs, i) =>
                    {
                        var testSet = TestSet.Of(plan.Axes(), runs[0].Values);
                        var term = new RowTerm(testSet, runs, [.. Enumerable.Repeat(coefficients[i], runs.Count)]);
                        return metric.IsLog ? term.OfLogarithm([.. counted[i].Select(value => value ?? 1)]) : term;
                    }
                ),
            ];
    }

    private static double? Logarithm(double? value) => value is { } number ? Float64.Log(number) : null;

    private static string Reason(string name, RunRow run, double? value) =>
        value is { } number
            ? $"run {run.Run} has {name} {CanonicalJson.Number(number)}, which has no logarithm"
            : $"run {run.Run} has no {name}";

    /// <summary>What each yᵢ contributes to the least-squares slope Σ(xᵢ − x̄)(yᵢ − ȳ)/Σ(xᵢ − x̄)²: (xᵢ − x̄)/Σ(xᵢ − x̄)².</summary>
    private static double[] SlopeOf(double[] x)
    {
        var mean = Statistics.Mean(x);
        var squares = Statistics.Squares(x, mean);
        return Array.ConvertAll(x, value => (value - mean) / squares);
    }

    private static int AxisIndex(Plan plan, string key) => plan.Scientific.TakeWhile(axis => axis.Key != key).Count();
}
