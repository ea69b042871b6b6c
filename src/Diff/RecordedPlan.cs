using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>A plan as far as recorded runs tell it: enough to make cells of them.</summary>
internal static class RecordedPlan
{
    /// <summary>The plan of runs.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="axes">All axes.</param>
    /// <param name="scientific">How many of them, from the first, are compared.</param>
    /// <param name="runs">The runs, those of a trial together and those of a cell too.</param>
    /// <param name="atLeast">With how many seeds every trial was run at least; null where all were run with equally many.</param>
    /// <param name="isWhole">Whether the runs are known to be all: then trials may have unequal numbers of seeds.</param>
    /// <exception cref="InvalidDataException">There are none, a trial stands twice, has other seeds than the others or too few.</exception>
    public static Plan Of(
        string study,
        IReadOnlyList<string> axes,
        int scientific,
        IReadOnlyList<RunRow> runs,
        int? atLeast,
        bool isWhole
    )
    {
        if (runs.Count == 0)
            throw Damaged("there are no runs");
        var trials = Trials(runs);
        var longest = trials.MaxBy(trial => trial.Count);
        int[] seeds = [.. Enumerable.Range(longest.First, longest.Count).Select(run => runs[run].Seed)];
        // Manifests of earlier versions don't say it.
        var least =
            isWhole && atLeast is null
                ? trials.Min(trial => trial.Count)
                : Math.Min(atLeast ?? seeds.Length, seeds.Length);
        var values = axes.Select(_ => new OrderedDictionary<Scalar, int>()).ToArray();
        foreach (var (first, count) in trials)
        {
            for (var i = 0; i < count; i++)
            {
                // A line is a run: the header is the first one.
                if (runs[first + i].Seed != seeds[i])
                    throw Damaged(
                        $"line {first + i + 2}: a trial has other seeds than one that has {string.Join(", ", seeds)}"
                    );
            }
            if (count < least)
                throw Damaged($"line {first + count + 1}: a trial ends after {count} of {least} seeds");
            for (var axis = 0; axis < values.Length; axis++)
                values[axis].TryAdd(runs[first].Values[axis], values[axis].Count);
        }
        if (seeds.Distinct().Count() != seeds.Length)
            throw Damaged("the runs of a trial are not one a seed");
        var counts = trials.ConvertAll(trial => new TrialSeeds(Number(values, runs[trial.First]), trial.Count));
        if (counts.DistinctBy(trial => trial.Trial).Count() != trials.Count)
            throw Damaged("two trials have the same values");
        var all = axes.Zip(values, (axis, v) => new Axis(axis, [.. v.Keys])).ToList();
        return new Plan
        {
            Study = study,
            Title = study,
            Fixed = Parameters.Empty,
            Scientific = all[..scientific],
            Nuisance = all[scientific..],
            Seeds = seeds,
            AtLeast = least == seeds.Length ? null : least,
            Trials = counts.ConvertAll(trial => trial.Trial),
        }.WithSeedCounts(counts);
    }

    /// <summary>Where each trial's runs begin, and how many there are.</summary>
    private static List<(int First, int Count)> Trials(IReadOnlyList<RunRow> runs)
    {
        var trials = new List<(int First, int Count)>();
        for (var (first, next) = (0, 0); first < runs.Count; first = next)
        {
            while (next < runs.Count && runs[next].Values.SequenceEqual(runs[first].Values))
                next++;
            trials.Add((first, next - first));
        }
        return trials;
    }

    private static int Number(OrderedDictionary<Scalar, int>[] values, RunRow run) =>
        Enumerable
            .Range(0, values.Length)
            .Aggregate(0, (trial, axis) => (trial * values[axis].Count) + values[axis][run.Values[axis]]);

    private static InvalidDataException Damaged(string what) => new($"{what}; write it again with --target=Report.");
}
