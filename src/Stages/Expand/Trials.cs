using Pipeline.Artifacts;

namespace Pipeline.Stages.Expand;

/// <summary>Chooses the trials of a study out of all combinations of its axes.</summary>
internal static class Trials
{
    /// <summary>
    /// The numbers of the trials that have the values of a row where axes go together, that no exclusion meets and that meet every
    /// condition of <c>--only</c>, ascending.
    /// </summary>
    /// <exception cref="StudyException">There are too many, or none is left.</exception>
    public static IReadOnlyList<int> Select(
        StudyDocument document,
        Settings settings,
        int seeds,
        IReadOnlyList<Exclusion> exclusions,
        IReadOnlyList<(Place Place, ValueCondition Condition)> only
    )
    {
        Axis[] axes = [.. settings.Scientific, .. settings.Nuisance];
        CheckSize(document.Place, axes, seeds);
        var @fixed = settings.FixedAndTacit;
        var excluding = exclusions.Select(exclusion => All(exclusion.Conditions)).ToArray();
        var rows = settings.Together.Select(together => together.Over(axes)).ToArray();
        var keeps = All(only.Select(option => option.Condition));
        var trials = new List<int>();
        var isNoneLeft = true;
        var number = 0;
        foreach (var coordinates in Combinations(axes))
        {
            if (
                Array.TrueForAll(rows, has => has(coordinates))
                && !Array.Exists(excluding, excludes => excludes(coordinates))
            )
            {
                isNoneLeft = false;
                if (keeps(coordinates))
                    trials.Add(number);
            }
            number++;
        }
        if (isNoneLeft)
            throw new StudyException(document.Find(StudyKeys.Exclude)!.Place, "exclude leaves no trial");
        if (trials.Count == 0)
            throw new StudyException(
                new(string.Join(' ', only.Select(option => option.Place))),
                "no trial of the study meets this"
            );
        return trials;

        Predicate<int[]> All(IEnumerable<ValueCondition> conditions)
        {
            var predicates = conditions.Select(condition => condition.Over(axes, @fixed)).ToArray();
            return coordinates => Array.TrueForAll(predicates, holds => holds(coordinates));
        }
    }

    private static void CheckSize(Place study, Axis[] axes, long runs)
    {
        foreach (var axis in axes)
        {
            runs *= axis.Values.Count;
            if (runs > Expander.MaxRuns)
            {
                throw new StudyException(
                    study,
                    $"the axes and seeds combine to more than {Expander.MaxRuns:N0} runs; shorten one, or split the study"
                );
            }
        }
    }

    /// <summary>The coordinates of every trial, the last axis fastest; the array is the same each time.</summary>
    private static IEnumerable<int[]> Combinations(Axis[] axes)
    {
        var coordinates = new int[axes.Length];
        while (true)
        {
            yield return coordinates;
            var axis = axes.Length - 1;
            while (axis >= 0 && ++coordinates[axis] == axes[axis].Values.Count)
                coordinates[axis--] = 0;
            if (axis < 0)
                yield break;
        }
    }
}
