using Pipeline.Artifacts;
using Pipeline.Stages.Aggregate;

namespace Pipeline.Diff;

/// <summary>What changed in a cell.</summary>
internal sealed record CellDiff
{
    /// <summary>The metric whose difference is tested.</summary>
    public const string Tested = "test_accuracy";

    /// <summary>The cell: <c>activation=relu, normalization=batch</c>; empty where the study compares nothing.</summary>
    public required string Cell { get; init; }

    /// <summary>The old side.</summary>
    public required RecordedCell Old { get; init; }

    /// <summary>The new side.</summary>
    public required RecordedCell Now { get; init; }

    /// <summary>The mean test accuracy on both sides; null where there is none.</summary>
    public required (double? Old, double? Now) Accuracy { get; init; }

    /// <summary>
    /// The difference of test accuracy over the seeds that both sides have; null where a side has no accuracy, and
    /// where no shared run moved: the cell got more seeds or lost some.
    /// </summary>
    public required PairedDifference? Difference { get; init; }

    /// <summary>The difference's p, adjusted by Holm over the changed cells of the study.</summary>
    public double? AdjustedP { get; init; }

    /// <summary>
    /// The smallest true difference that the test of this cell, at its share of the level, would have found with a probability of 80 %;
    /// null where there was no test or no variance.
    /// </summary>
    public double? Detectable { get; init; }

    /// <summary>Whether there is a difference, of fewer than <see cref="Significance.FewestSeeds"/> seeds.</summary>
    public bool HasTooFewSeeds => Difference is { P: null };

    /// <summary>The means of other metrics that changed.</summary>
    public required IReadOnlyList<(string Metric, double? Old, double? Now)> Others { get; init; }

    /// <summary>Whether chance doesn't explain the difference.</summary>
    public bool IsSignificant => AdjustedP < Significance.Level;

    /// <summary>What changed between two records of a cell; null where nothing did.</summary>
    /// <param name="name">The cell.</param>
    /// <param name="old">The old record.</param>
    /// <param name="oldMetrics">Its metrics.</param>
    /// <param name="now">The new record.</param>
    /// <param name="metrics">Its metrics.</param>
    /// <param name="isSame">Whether two runs have the same numbers.</param>
    /// <param name="tolerance">Which differences of numbers are none.</param>
    public static CellDiff? Of(
        string name,
        RecordedCell old,
        IReadOnlyList<string> oldMetrics,
        RecordedCell now,
        IReadOnlyList<string> metrics,
        Func<RunRow, RunRow, bool> isSame,
        Tolerance tolerance
    )
    {
        if (
            old.Chosen.SequenceEqual(now.Chosen, StringComparer.Ordinal)
            && old.Runs.Count == now.Runs.Count
            && old.Runs.Zip(now.Runs)
                .All(pair => pair.First.Seed == pair.Second.Seed && isSame(pair.First, pair.Second))
        )
            return null;
        var (oldColumns, columns) = (oldMetrics.ToList(), metrics.ToList());
        var (oldColumn, column) = (oldColumns.IndexOf(Tested), columns.IndexOf(Tested));
        return new()
        {
            Cell = name,
            Old = old,
            Now = now,
            Accuracy = (old.Mean(oldColumn), now.Mean(column)),
            Difference = oldColumn < 0 || column < 0 ? null : Paired(old, oldColumn, now, column, isSame, tolerance),
            Others =
            [
                .. metrics
                    .Select(
                        (metric, i) => (Metric: metric, Old: old.Mean(oldColumns.IndexOf(metric)), Now: now.Mean(i))
                    )
                    .Where(mean =>
                        mean.Metric != Tested
                        && oldColumns.Contains(mean.Metric)
                        && !tolerance.Covers(mean.Old, mean.Now)
                    ),
            ],
        };
    }

    private static PairedDifference? Paired(
        RecordedCell old,
        int oldColumn,
        RecordedCell now,
        int column,
        Func<RunRow, RunRow, bool> isSame,
        Tolerance tolerance
    )
    {
        var shared = old.Runs.Join(now.Runs, run => run.Seed, run => run.Seed, (x, y) => (Old: x, Now: y)).ToList();
        return shared.TrueForAll(pair => isSame(pair.Old, pair.Now))
            ? null
            : PairedDifference.Of(
                Tested,
                ([.. shared.Select(pair => pair.Old)], oldColumn),
                ([.. shared.Select(pair => Tied(pair.Old, pair.Now))], column)
            );

        // A seed that moved within the tolerance didn't move.
        RunRow Tied(RunRow before, RunRow after) =>
            before.Metrics[oldColumn] == after.Metrics[column]
            || !tolerance.Covers(before.Metrics[oldColumn], after.Metrics[column])
                ? after
                : after with
                {
                    Metrics = [.. after.Metrics.Select((value, i) => i == column ? before.Metrics[oldColumn] : value)],
                    Correct = before.Correct,
                };
    }
}
