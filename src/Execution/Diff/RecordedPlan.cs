using Pipeline.Artifacts;

namespace Pipeline.Execution.Diff;

/// <summary>A plan as far as recorded runs tell it: enough to make cells of them.</summary>
internal static class RecordedPlan
{
    /// <summary>The plan of runs.</summary>
    /// <param name="study">The study's name.</param>
    /// <param name="axes">All axes.</param>
    /// <param name="scientific">How many of them, from the first, are compared.</param>
    /// <param name="runs">The runs, those of a trial together and those of a cell too.</param>
    /// <exception cref="InvalidDataException">There are none, a trial stands twice, or has other seeds than the first.</exception>
    public static Plan Of(string study, IReadOnlyList<string> axes, int scientific, IReadOnlyList<RunRow> runs)
    {
        if (runs.Count == 0)
            throw Damaged("there are no runs");
        var first = runs[0].Values;
        int[] seeds = [.. runs.TakeWhile(run => run.Values.SequenceEqual(first)).Select(run => run.Seed)];
        var values = axes.Select(_ => new OrderedDictionary<Scalar, int>()).ToArray();
        for (var i = 0; i < runs.Count; i++)
        {
            // A line is a run: the header is the first one.
            if (runs[i].Seed != seeds[i % seeds.Length] || !runs[i].Values.SequenceEqual(runs[i - (i % seeds.Length)].Values))
                throw Damaged($"line {i + 2}: a trial has other seeds than the first one, which has {string.Join(", ", seeds)}");
            for (var axis = 0; axis < values.Length; axis++)
                values[axis].TryAdd(runs[i].Values[axis], values[axis].Count);
        }
        if (runs.Count % seeds.Length != 0 || seeds.Distinct().Count() != seeds.Length)
            throw Damaged("the runs of a trial are not one a seed");
        var trials = new List<int>(runs.Count / seeds.Length);
        for (var i = 0; i < runs.Count; i += seeds.Length)
            trials.Add(Enumerable.Range(0, values.Length).Aggregate(0, (trial, axis) => (trial * values[axis].Count) + values[axis][runs[i].Values[axis]]));
        if (trials.Distinct().Count() != trials.Count)
            throw Damaged("two trials have the same values");
        var all = axes.Zip(values, (axis, v) => new Axis(axis, [.. v.Keys])).ToList();
        return new()
        {
            Study = study,
            Title = study,
            Fixed = Parameters.Empty,
            Scientific = all[..scientific],
            Nuisance = all[scientific..],
            Seeds = seeds,
            Trials = trials,
        };
    }

    private static InvalidDataException Damaged(string what) => new($"{what}; write it again with --target=Report.");
}
