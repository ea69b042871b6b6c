using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Stages.Aggregate;

/// <summary>Makes the tables of a study from the results of its runs.</summary>
public static class Aggregator
{
    /// <summary>
    /// The tables of a study. Each cell stands at the trial that validation chose (see <see cref="TrialChoice"/>); whatever the test data
    /// say of its other trials is left out.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="results">A result a run, in the order of <see cref="PlanEnumeration.Runs"/>.</param>
    /// <exception cref="ArgumentException">There are not as many results as runs.</exception>
    /// <exception cref="InvalidOperationException">A run failed, or has no validation accuracy where a choice depends on it.</exception>
    public static StudyTables Aggregate(Plan plan, IReadOnlyList<RunResult> results)
    {
        if (results.Count != plan.RunCount)
            throw new ArgumentException($"'{plan.Study}' has {plan.RunCount} runs, but {results.Count} results were given.", nameof(results));
        var metrics = Metrics(plan, results);
        var tables = Tables(plan, [.. metrics.Keys], RunTable(plan, results, [.. metrics.Values]), out var chosen);
        return tables with { Layers = LayerTable.Of(results, chosen), Curves = CurveTable.Of(results, chosen) };
    }

    /// <summary>The tables of a study, its claims judged anew, from its runs as a table has them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="metrics">The names of the metrics, in ordinal order.</param>
    /// <param name="runs">A row a run, in the order of <see cref="PlanEnumeration.Runs"/>.</param>
    /// <exception cref="ArgumentException">There are not as many rows as runs.</exception>
    /// <exception cref="InvalidOperationException">A run has no validation accuracy where a choice depends on it.</exception>
    public static StudyTables Tables(Plan plan, IReadOnlyList<string> metrics, IReadOnlyList<RunRow> runs) => Tables(plan, metrics, runs, out _);

    private static StudyTables Tables(Plan plan, IReadOnlyList<string> metrics, IReadOnlyList<RunRow> runs, out IReadOnlyList<ArraySegment<RunRow>> chosenRuns)
    {
        if (runs.Count != plan.RunCount)
            throw new ArgumentException($"'{plan.Study}' has {plan.RunCount} runs, but {runs.Count} rows were given.", nameof(runs));
        var (columns, rows) = (metrics.ToArray(), runs.ToArray());
        var quantile = Statistics.IntervalQuantile(plan.Seeds.Count);
        var cells = new List<CellRow>();
        var chosen = new OrderedDictionary<int, ArraySegment<RunRow>>();
        for (var first = 0; first < plan.Trials.Count;)
        {
            var cell = plan.Cell(plan.Trials[first]);
            var next = first + 1;
            while (next < plan.Trials.Count && plan.Cell(plan.Trials[next]) == cell)
                next++;
            chosen[cell] = Chosen(plan, columns, rows, first, next);
            cells.Add(Cell(plan, columns, chosen[cell], quantile));
            first = next;
        }
        chosenRuns = [.. chosen.Values];
        return new()
        {
            Plan = plan with { Trials = [] },
            Metrics = columns,
            Runs = rows,
            Cells = BestCell.Compare(columns, cells, chosenRuns),
            Claims = ClaimJudge.Judge(plan, columns, chosen),
        };
    }

    /// <summary>What the runs measured and what the claims make of it, by name.</summary>
    private static SortedDictionary<string, RunMetric> Metrics(Plan plan, IReadOnlyList<RunResult> results)
    {
        var metrics = new SortedDictionary<string, RunMetric>(StringComparer.Ordinal);
        foreach (var name in results.SelectMany(result => result.Metrics.Keys))
            metrics.TryAdd(name, new PlainMetric(name));
        foreach (var claim in plan.Claims)
        {
            var metric = ClaimMetric.Parse(claim.Metric).Run;
            metrics[metric.Text] = metric;
        }
        return metrics;
    }

    private static RunRow[] RunTable(Plan plan, IReadOnlyList<RunResult> results, RunMetric[] metrics)
    {
        var rows = new RunRow[results.Count];
        var axes = plan.Axes();
        var index = 0;
        foreach (var run in plan.Runs())
        {
            var result = results[index];
            if (result.Outcome == RunOutcome.Failed)
            {
                throw new InvalidOperationException(
                    $"Run {run.Id} of '{plan.Study}' failed ({result.Reason}); run it again before its study is aggregated.");
            }
            rows[index++] = new()
            {
                Run = run.Id,
                Values = [.. axes.Select(axis => run.Spec[axis.Key])],
                Seed = run.Seed,
                Outcome = result.Outcome,
                Step = result.Step,
                Metrics = Array.ConvertAll(metrics, metric => RunValues.Of(metric, result, run.Spec)),
            };
        }
        return rows;
    }

    /// <summary>
    /// The runs of the chosen one among a cell's trials, which are the plan's from <paramref name="first"/> up to, not including,
    /// <paramref name="next"/>.
    /// </summary>
    private static ArraySegment<RunRow> Chosen(Plan plan, string[] metrics, RunRow[] runs, int first, int next)
    {
        var seeds = plan.Seeds.Count;
        var trials = Enumerable.Range(first, next - first).Select(trial => new ArraySegment<RunRow>(runs, trial * seeds, seeds)).ToArray();
        return trials[TrialChoice.Best(metrics, trials)];
    }

    private static CellRow Cell(Plan plan, string[] metrics, ArraySegment<RunRow> chosen, double quantile)
    {
        var values = chosen[0].Values;
        var nuisance = values.Skip(plan.Scientific.Count).ToArray();
        return new()
        {
            Values = [.. values.Take(plan.Scientific.Count)],
            Chosen = nuisance,
            AtEdge = [.. plan.Nuisance.Zip(nuisance, IsAtEdge)],
            Runs = chosen.Count,
            Diverged = chosen.Count(run => run.Outcome == RunOutcome.Diverged),
            Metrics = [.. metrics.Select((name, metric) => Statistics.Estimate(Statistics.Counted(name, metric, chosen), quantile))],
        };
    }

    /// <summary>Whether a value is the smallest or the largest number of an axis of at least three.</summary>
    private static bool IsAtEdge(Axis axis, Scalar value)
    {
        if (!value.IsNumber)
            return false;
        var numbers = axis.Values.Where(v => v.IsNumber).Select(v => v.ToDouble()).Distinct().ToArray();
        var number = value.ToDouble();
        return numbers.Length >= 3 && (number == numbers.Min() || number == numbers.Max());
    }
}
