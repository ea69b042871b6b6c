using Pipeline.Artifacts;

namespace Pipeline.Flow;

/// <summary>
/// The order in which runs are trained, so that early results tell of the whole grid: the first seed of every cell before second ones, and
/// of the nuisance values first the middle one, then those halfway to the ends, and so on. Results don't depend on it.
/// </summary>
internal static class TrainingOrder
{
    /// <summary>Some runs of a plan in that order.</summary>
    public static IReadOnlyList<StudyRun> Of(Plan plan, IEnumerable<StudyRun> runs)
    {
        var axes = plan.Axes();
        var ranks = plan.Nuisance.Select(Ranks).ToArray();
        return [.. runs.OrderBy(run => run.Run.Seed).ThenBy(run => Rank(run.Run.Trial))];

        int Rank(int trial) =>
            axes.Coordinates(trial)
                .Skip(plan.Scientific.Count)
                .Select((place, axis) => ranks[axis][place])
                .DefaultIfEmpty(0)
                .Max();
    }

    // An axis of numbers is halved by their size, whatever their order.
    private static int[] Ranks(Axis axis)
    {
        var count = axis.Values.Count;
        var places = Enumerable.Range(0, count).ToArray();
        if (axis.Values.All(value => value.IsNumber))
            Array.Sort(Array.ConvertAll(places, place => axis.Values[place].ToDouble()), places);
        var ranks = new int[count];
        var rank = 0;
        foreach (var at in Halving(count))
            ranks[places[at]] = rank++;
        return ranks;
    }

    /// <summary>Of 0 to n − 1 the middle, then the quarters, then the odd eighths, each once.</summary>
    private static IEnumerable<int> Halving(int count)
    {
        var seen = new HashSet<int>();
        for (var parts = 2L; seen.Count < count; parts *= 2)
        {
            for (var part = 1L; part < parts; part += 2)
            {
                if (seen.Add((int)(part * count / parts)))
                    yield return (int)(part * count / parts);
            }
        }
    }
}
