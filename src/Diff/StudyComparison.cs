using Pipeline.Artifacts;
using Pipeline.Results;
using Pipeline.Stages.Aggregate.Claims;

namespace Pipeline.Diff;

/// <summary>
/// Compares two records of one study. A cell is told by its values on the compared axes, a run by its values on all
/// axes and its seed; an axis that one side alone has, with one value, tells nothing apart and is left out of both.
/// </summary>
internal static class StudyComparison
{
    /// <summary>What differs between the files of a study.</summary>
    /// <param name="name">The study's name.</param>
    /// <param name="old">The old files; null where that side has none.</param>
    /// <param name="now">The new files; null where that side has none.</param>
    /// <param name="tolerance">Which differences of numbers are none.</param>
    /// <exception cref="PipelineException">A file is missing or damaged.</exception>
    public static StudyDiff Of(string name, StudyResults? old, StudyResults? now, Tolerance tolerance)
    {
        if (old is null || now is null)
            return Whole(
                name,
                old is null ? Presence.Added : Presence.Removed,
                RecordedStudy.Read(name, (old ?? now)!)
            );
        var files = old.Differing(now);
        if (files.Count == 0)
            return Whole(name, Presence.Both, RecordedStudy.Read(name, now));
        var diff = Compare(name, RecordedStudy.Read(name, old), RecordedStudy.Read(name, now), tolerance);
        return diff with
        {
            Files = files,
            IsWithin =
                tolerance.Most > 0
                && diff.CellCounts.AllEqual
                && diff.RunCounts.AllEqual
                && diff.ClaimCounts.AllEqual
                && diff.Notes.Count == 0,
            Notes = [.. diff.Notes, .. Edited("old", old), .. Edited("new", now)],
        };
    }

    private static StudyDiff Whole(string name, Presence presence, RecordedStudy study) =>
        new()
        {
            Study = name,
            Presence = presence,
            CellCounts = ItemCounts.Of(presence, study.Cells.Count),
            RunCounts = ItemCounts.Of(presence, study.Runs.Count),
            ClaimCounts = ItemCounts.Of(presence, study.Claims.Count),
            Notes = Disagreement(presence == Presence.Removed ? "old" : "new", study),
        };

    private static StudyDiff Compare(string name, RecordedStudy old, RecordedStudy now, Tolerance tolerance)
    {
        var isSame = SameNumbers(old.Metrics, now.Metrics, tolerance);
        var runs = RunJoin.Of(Runs(old, now, now), Runs(now, old, now));
        var changedRuns = runs.Count(run => !isSame(run.Old, run.Now));
        var (oldCells, cells) = (Cells(old, now, now), Cells(now, old, now));
        var changed = Adjusted([
            .. cells
                .Where(cell => oldCells.ContainsKey(cell.Key))
                .Select(cell =>
                    CellDiff.Of(cell.Key, oldCells[cell.Key], old.Metrics, cell.Value, now.Metrics, isSame, tolerance)
                )
                .OfType<CellDiff>(),
        ]);
        var claims = now
            .Claims.Keys.Union(old.Claims.Keys, StringComparer.Ordinal)
            .Select(says => new ClaimDiff(
                says,
                old.Claims.GetValueOrDefault(says),
                now.Claims.GetValueOrDefault(says),
                tolerance
            ))
            .Where(claim => claim.HasChanged)
            .OrderByDescending(claim => claim.IsFlipped)
            .ToList();
        var renamed = runs.Count(run => run.Old.Run != run.Now.Run);
        return new()
        {
            Study = name,
            Presence = Presence.Both,
            CellCounts = Counts(oldCells, cells, changed.Count),
            RunCounts = new(
                now.Runs.Count - runs.Count,
                old.Runs.Count - runs.Count,
                changedRuns,
                runs.Count - changedRuns
            ),
            ClaimCounts = Counts(old.Claims, now.Claims, claims.Count(claim => claim.Presence == Presence.Both)),
            Cells = changed,
            Claims = claims,
            Notes =
            [
                .. Columns("axes", old.Scientific, now.Scientific),
                .. Columns("tuned axes", old.Nuisance, now.Nuisance),
                .. Columns("metrics", old.Metrics, now.Metrics),
                .. renamed == 0
                    ? []
                    : (string[])
                        [
                            $"Runs under another id: {renamed}; a parameter that is no axis has another value, or is new.",
                        ],
                .. Disagreement("old", old),
                .. Disagreement("new", now),
            ],
        };
    }

    /// <summary>
    /// Whether two runs ended alike, diverged ones after as many steps, with the same numbers, but for the tolerance, in all
    /// metrics that both sides have. The steps of a run that completed follow from its parameters, and
    /// tables of earlier versions lack them.
    /// </summary>
    private static Func<RunRow, RunRow, bool> SameNumbers(
        IReadOnlyList<string> oldMetrics,
        IReadOnlyList<string> metrics,
        Tolerance tolerance
    )
    {
        var shared = metrics
            .Index()
            .Join(
                oldMetrics.Index(),
                x => x.Item,
                y => y.Item,
                (x, y) => (Old: y.Index, Now: x.Index),
                StringComparer.Ordinal
            )
            .ToArray();
        return (old, now) =>
            old.Outcome == now.Outcome
            && (old.Outcome == RunOutcome.Completed || old.Steps == now.Steps)
            && Array.TrueForAll(shared, metric => tolerance.Covers(old.Metrics[metric.Old], now.Metrics[metric.Now]));
    }

    private static List<CellDiff> Adjusted(CellDiff[] cells)
    {
        var tested = cells.Where(cell => cell.Difference?.P is not null).ToArray();
        var adjusted = Holm.Adjust([.. tested.Select(cell => cell.Difference!.P!.Value)]);
        return
        [
            .. tested
                .Select(
                    (cell, i) =>
                        cell with
                        {
                            AdjustedP = adjusted[i],
                            Detectable = cell.Difference!.Detectable(Significance.Side / tested.Length),
                        }
                )
                .Concat(cells.Where(cell => cell.Difference?.P is null))
                .OrderByDescending(cell => cell.Difference is { } difference ? Math.Abs(difference.Mean) : -1)
                .ThenBy(cell => cell.AdjustedP ?? 2),
        ];
    }

    private static Dictionary<string, RecordedCell> Cells(
        RecordedStudy study,
        RecordedStudy other,
        RecordedStudy order
    ) =>
        Told(study.Cells, cell => cell.Values, study.Scientific, other.Scientific, order.Scientific)
            .ToDictionary(StringComparer.Ordinal);

    private static List<KeyValuePair<string, RunRow>> Runs(
        RecordedStudy study,
        RecordedStudy other,
        RecordedStudy order
    ) =>
        [
            .. Told(
                    study.Runs,
                    run => [.. run.Values.Select(value => value.ToString())],
                    study.Axes,
                    other.Axes,
                    order.Axes
                )
                .Select(run => KeyValuePair.Create($"{run.Key}, seed={run.Value.Seed}", run.Value)),
        ];

    /// <summary>Things by the values that tell them apart: <c>activation=relu, normalization=batch</c>.</summary>
    /// <param name="things">The things.</param>
    /// <param name="values">Their value on each axis.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="others">The axes of the other side.</param>
    /// <param name="order">Axes in the order in which to name them; others follow.</param>
    private static IEnumerable<KeyValuePair<string, T>> Told<T>(
        IReadOnlyList<T> things,
        Func<T, IReadOnlyList<string>> values,
        IReadOnlyList<string> axes,
        IReadOnlyList<string> others,
        IReadOnlyList<string> order
    )
    {
        var all = things.Select(thing => (Thing: thing, Values: values(thing))).ToList();
        var telling = axes.Index()
            .Where(axis =>
                others.Contains(axis.Item, StringComparer.Ordinal)
                || all.Exists(thing => thing.Values[axis.Index] != all[0].Values[axis.Index])
            )
            .OrderBy(axis => order.TakeWhile(other => other != axis.Item).Count())
            .ToArray();
        return all.Select(thing =>
            KeyValuePair.Create(
                string.Join(", ", telling.Select(axis => $"{axis.Item}={thing.Values[axis.Index]}")),
                thing.Thing
            )
        );
    }

    private static ItemCounts Counts<T>(
        IReadOnlyDictionary<string, T> old,
        IReadOnlyDictionary<string, T> now,
        int changed
    )
    {
        var shared = now.Keys.Count(old.ContainsKey);
        return new(now.Count - shared, old.Count - shared, changed, shared - changed);
    }

    private static IEnumerable<string> Columns(string what, IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        if (now.Except(old, StringComparer.Ordinal).ToList() is { Count: > 0 } added)
            yield return $"New {what}: {string.Join(", ", added)}.";
        if (old.Except(now, StringComparer.Ordinal).ToList() is { Count: > 0 } removed)
            yield return $"No longer among the {what}: {string.Join(", ", removed)}.";
    }

    private static string[] Disagreement(string side, RecordedStudy study) =>
        study.CellsDisagree
            ?
            [
                $"The {side} {ResultFiles.Cells} is not what follows from its {ResultFiles.Runs}, which is what is compared here.",
            ]
            : [];

    private static string[] Edited(string side, StudyResults results) =>
        results.ManifestIfAny is not null && results.IsEdited(ResultFiles.Runs)
            ? [$"The {side} {ResultFiles.Runs} was changed after it was written: its digest is not the manifest's."]
            : [];
}
