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
            throw new ArgumentException(
                $"'{plan.Study}' has {plan.RunCount} runs, but {results.Count} results were given.",
                nameof(results)
            );
        var metrics = Metrics(plan, results);
        var tables = Tables(plan, [.. metrics.Keys], RunTable(plan, results, [.. metrics.Values]), out var chosen);
        RunResult[] all = [.. results];
        var cells = chosen.Select(runs => new ArraySegment<RunResult>(all, runs.Offset, runs.Count)).ToArray();
        return tables with
        {
            Layers = LayerTable.Of(cells),
            Curves = CurveTable.Of(cells),
            Confusions = ConfusionTable.Of(cells),
        };
    }

    /// <summary>
    /// The plan with more seeds for the cells on which a claim is undecided, at the trials that validation chose: what
    /// is to be run next. Null where every claim is decided, more seeds don't help, or there are none left.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="results">A result a run, in the order of <see cref="PlanEnumeration.Runs"/>.</param>
    /// <exception cref="InvalidOperationException">A run failed, or has no validation accuracy where a choice depends on it.</exception>
    public static Plan? WithMoreSeeds(Plan plan, IReadOnlyList<RunResult> results)
    {
        if (plan.AtLeast is null)
            return null;
        var metrics = Metrics(plan, results);
        string[] columns = [.. metrics.Keys];
        return SeedRounds.Next(
            plan,
            columns,
            Chosen(plan, columns, TrialRuns(plan, RunTable(plan, results, [.. metrics.Values])))
        );
    }

    /// <summary>
    /// Whether a plan has more seeds (see <see cref="Plan.More"/>) where its runs, as a table has
    /// them, lead to, and no others.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="metrics">The names of the metrics, in ordinal order.</param>
    /// <param name="runs">A row a run, in the order of <see cref="PlanEnumeration.Runs"/>.</param>
    /// <exception cref="InvalidOperationException">A run has no validation accuracy where a choice depends on it.</exception>
    public static bool HasSeedsOfItsRounds(Plan plan, IReadOnlyList<string> metrics, IReadOnlyList<RunRow> runs)
    {
        if (plan.AtLeast is null)
            return true;
        string[] columns = [.. metrics];
        var trials = TrialRuns(plan, [.. runs]);
        var round = plan with { More = [] };
        while (true)
        {
            var counts = round.SeedCounts().ToList();
            if (trials.Zip(counts).Any(trial => trial.First.Runs.Count < trial.Second.Count))
                return false;
            var then = trials.Zip(counts, (trial, seeds) => trial with { Runs = trial.Runs[..seeds.Count] }).ToList();
            if (SeedRounds.Next(round, columns, Chosen(round, columns, then)) is not { } next)
                return round.More.SequenceEqual(plan.More);
            round = next;
        }
    }

    /// <summary>The tables of a study, its claims judged anew, from its runs as a table has them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="metrics">The names of the metrics, in ordinal order.</param>
    /// <param name="runs">A row a run, in the order of <see cref="PlanEnumeration.Runs"/>.</param>
    /// <exception cref="ArgumentException">There are not as many rows as runs.</exception>
    /// <exception cref="InvalidOperationException">A run has no validation accuracy where a choice depends on it.</exception>
    public static StudyTables Tables(Plan plan, IReadOnlyList<string> metrics, IReadOnlyList<RunRow> runs) =>
        Tables(plan, metrics, runs, out _);

    private static StudyTables Tables(
        Plan plan,
        IReadOnlyList<string> metrics,
        IReadOnlyList<RunRow> runs,
        out IReadOnlyList<ArraySegment<RunRow>> chosenRuns
    )
    {
        if (runs.Count != plan.RunCount)
            throw new ArgumentException(
                $"'{plan.Study}' has {plan.RunCount} runs, but {runs.Count} rows were given.",
                nameof(runs)
            );
        var (columns, rows) = (metrics.ToArray(), runs.ToArray());
        var chosen = Chosen(plan, columns, TrialRuns(plan, rows));
        chosenRuns = [.. chosen.Values.Select(trial => trial.Runs)];
        var cells = chosenRuns.Select(runs => Cell(plan, columns, runs)).ToList();
        return new()
        {
            Plan = plan with
            {
                Trials = [],
                More = [],
                SoFar = plan.SoFar is null ? null : plan.SoFar with { Trials = [] },
            },
            Metrics = columns,
            Runs = WithRowsOfChosen(rows, chosenRuns),
            Cells = BestCell.Compare(plan, columns, cells, chosenRuns),
            Claims = ClaimJudge.Judge(plan, columns, Complete(plan, chosen)),
        };
    }

    /// <summary>The cells of which all runs are done: of others another trial may be chosen in the end.</summary>
    private static IReadOnlyDictionary<int, ChosenTrial> Complete(Plan plan, OrderedDictionary<int, ChosenTrial> chosen)
    {
        if (plan.SoFar is null)
            return chosen;
        var done = plan.SeedCounts().ToDictionary(trial => trial.Trial, trial => trial.Count);
        var incomplete = plan.WholeSeedCounts()
            .Where(trial => done.GetValueOrDefault(trial.Trial) < trial.Count)
            .Select(trial => plan.Cell(trial.Trial))
            .ToHashSet();
        return chosen.Where(cell => !incomplete.Contains(cell.Key)).ToDictionary();
    }

    /// <summary>What the runs measured and what the claims and plots make of it, by name.</summary>
    private static SortedDictionary<string, RunMetric> Metrics(Plan plan, IReadOnlyList<RunResult> results)
    {
        var metrics = new SortedDictionary<string, RunMetric>(StringComparer.Ordinal);
        foreach (var name in results.SelectMany(result => result.Metrics.Keys))
            metrics.TryAdd(name, new PlainMetric(name));
        if (results.Any(result => result.Restarts is not null))
            metrics.Add(PlainMetric.Restarts, new PlainMetric(PlainMetric.Restarts));
        var shown = (plan.Plots ?? []).Select(plot => plot.Metric).OfType<string>().Select(RunMetric.Parse);
        foreach (var metric in plan.Claims.Select(claim => ClaimMetric.Parse(claim.Metric).Run).Concat(shown))
            metrics[metric.Text] = metric;
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
                    $"Run {run.Id} of '{plan.Study}' failed ({result.Reason}); run it again before its study is aggregated."
                );
            }
            rows[index++] = new()
            {
                Run = run.Id,
                Values = [.. axes.Select(axis => run.Spec[axis.Key])],
                Seed = run.Seed,
                Outcome = result.Outcome,
                Steps = result.Steps,
                Metrics = Array.ConvertAll(metrics, metric => RunValues.Of(metric, result, run.Spec)),
                Correct = result.Correct,
            };
        }
        return rows;
    }

    /// <summary>Which test rows a run got right is kept where the tables rest on it.</summary>
    private static RunRow[] WithRowsOfChosen(RunRow[] rows, IReadOnlyList<ArraySegment<RunRow>> chosen)
    {
        var kept = Array.ConvertAll(rows, run => run.Correct is null ? run : run with { Correct = null });
        foreach (var cell in chosen)
            cell.CopyTo(kept, cell.Offset);
        return kept;
    }

    /// <summary>The runs of each trial, in the order of the plan.</summary>
    private static List<ChosenTrial> TrialRuns(Plan plan, RunRow[] runs)
    {
        var trials = new List<ChosenTrial>(plan.Trials.Count);
        var offset = 0;
        foreach (var (trial, seeds) in plan.SeedCounts())
        {
            trials.Add(new(trial, new(runs, offset, seeds)));
            offset += seeds;
        }
        return trials;
    }

    /// <summary>The chosen trial of each cell, by the cell's number, in the order of the plan.</summary>
    private static OrderedDictionary<int, ChosenTrial> Chosen(Plan plan, string[] metrics, List<ChosenTrial> trials)
    {
        var chosen = new OrderedDictionary<int, ChosenTrial>();
        foreach (var cell in trials.GroupBy(trial => plan.Cell(trial.Trial)))
        {
            // More seeds than every trial has are run for the chosen one only.
            ChosenTrial[] candidates = [.. cell];
            var seeds = Math.Min(plan.AtLeast ?? int.MaxValue, candidates.Min(trial => trial.Runs.Count));
            var compared = Array.ConvertAll(candidates, trial => trial.Runs[..seeds]);
            chosen.Add(cell.Key, candidates[TrialChoice.Best(metrics, compared)]);
        }
        return chosen;
    }

    private static CellRow Cell(Plan plan, string[] metrics, ArraySegment<RunRow> chosen)
    {
        var quantile = Statistics.IntervalQuantile(chosen.Count);
        var values = chosen[0].Values;
        var nuisance = values.Skip(plan.Scientific.Count).ToArray();
        return new()
        {
            Values = [.. values.Take(plan.Scientific.Count)],
            Chosen = nuisance,
            AtEdge = [.. plan.Nuisance.Zip(nuisance, IsAtEdge)],
            Runs = chosen.Count,
            Diverged = chosen.Count(run => run.Outcome == RunOutcome.Diverged),
            Metrics =
            [
                .. metrics.Select(
                    (name, metric) =>
                        name == Statistics.Accuracy
                            ? Statistics.AccuracyEstimate(metric, chosen)
                            : Statistics.Estimate(Statistics.Counted(name, metric, chosen), quantile)
                ),
            ],
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
