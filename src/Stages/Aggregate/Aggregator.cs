using Pipeline.Artifacts;

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
        var metrics = MetricNames(results);
        var runs = RunTable(plan, results, metrics);
        var quantile = Statistics.IntervalQuantile(plan.Seeds.Count);
        var cells = new List<CellRow>();
        for (var first = 0; first < plan.Trials.Count;)
        {
            var next = first + 1;
            while (next < plan.Trials.Count && plan.Cell(plan.Trials[next]) == plan.Cell(plan.Trials[first]))
                next++;
            cells.Add(Cell(plan, metrics, runs, quantile, first, next));
            first = next;
        }
        return new() { Plan = plan with { Trials = [] }, Metrics = metrics, Runs = runs, Cells = cells };
    }

    private static string[] MetricNames(IReadOnlyList<RunResult> results)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var result in results)
            names.UnionWith(result.Metrics.Keys);
        return [.. names];
    }

    private static RunRow[] RunTable(Plan plan, IReadOnlyList<RunResult> results, string[] metrics)
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
                Metrics = Array.ConvertAll(metrics, name => Finite(result.Metrics, name)),
            };
        }
        return rows;
    }

    private static double? Finite(SortedDictionary<string, double> metrics, string name) =>
        metrics.TryGetValue(name, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>The cell of the plan's trials from <paramref name="first"/> up to, not including, <paramref name="next"/>.</summary>
    private static CellRow Cell(Plan plan, string[] metrics, RunRow[] runs, double quantile, int first, int next)
    {
        var seeds = plan.Seeds.Count;
        var trials = Enumerable.Range(first, next - first).Select(trial => new ArraySegment<RunRow>(runs, trial * seeds, seeds)).ToArray();
        var chosen = trials[TrialChoice.Best(metrics, trials)];
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
