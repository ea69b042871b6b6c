namespace Pipeline.Artifacts;

/// <summary>Walks the runs of a plan.</summary>
public static class PlanEnumeration
{
    /// <summary>All axes: the scientific ones, then the nuisance ones.</summary>
    public static IReadOnlyList<Axis> Axes(this Plan plan) => [.. plan.Scientific, .. plan.Nuisance];

    /// <summary>Whether a backend other than the managed one computes runs, whose bytes are not promised elsewhere.</summary>
    public static bool HasOtherBackend(this Plan plan) =>
        plan.Axes()
            .Where(axis => axis.Key == ParameterUse.Backend)
            .SelectMany(axis => axis.Values)
            .Append(Scalar.Of(ParameterUse.BackendOf(plan.Fixed)))
            .Any(backend => backend != Scalar.Of(ParameterUse.ManagedBackend));

    /// <summary>The position of a trial's value on each axis, in the order of <see cref="Axes"/>.</summary>
    public static int[] Coordinates(this Plan plan, int trial) => Coordinates(plan.Axes(), trial);

    /// <summary>The number of the cell that a trial belongs to: its number with the nuisance axes divided out.</summary>
    public static int Cell(this Plan plan, int trial)
    {
        foreach (var axis in plan.Nuisance)
            trial /= axis.Values.Count;
        return trial;
    }

    /// <summary>
    /// Gives the trial that has what a trial has, but the first value of every axis that doesn't matter. What the other axes decide is
    /// the same for both, so it needs a look only once.
    /// </summary>
    public static Func<int, int> Alike(this Plan plan, Func<Axis, bool> matters)
    {
        var (others, stride) = (new List<(int Stride, int Count)>(), 1);
        foreach (var axis in plan.Axes().Reverse())
        {
            if (!matters(axis))
                others.Add((stride, axis.Values.Count));
            stride *= axis.Values.Count;
        }
        return trial => trial - others.Sum(axis => trial / axis.Stride % axis.Count * axis.Stride);
    }

    /// <summary>Every run, trial by trial, the seeds of a trial together.</summary>
    public static IEnumerable<PlannedRun> Runs(this Plan plan)
    {
        var axes = plan.Axes();
        var template = Parameters.Of([
            .. plan.Fixed.Keys.Select(key => KeyValuePair.Create(key, plan.Fixed[key])),
            .. axes.Select(axis => KeyValuePair.Create(axis.Key, axis.Values[0])),
            KeyValuePair.Create(Plan.SeedKey, Scalar.Of(0L)),
        ]);
        var positions = axes.Select(axis => template.IndexOf(axis.Key))
            .Append(template.IndexOf(Plan.SeedKey))
            .ToArray();
        var seeds = plan.Seeds.Select(seed => Scalar.Of((long)seed)).ToArray();
        var values = new Scalar[positions.Length];
        foreach (var (trial, count) in plan.SeedCounts())
        {
            var coordinates = Coordinates(axes, trial);
            for (var i = 0; i < coordinates.Length; i++)
                values[i] = axes[i].Values[coordinates[i]];
            for (var i = 0; i < count; i++)
            {
                values[^1] = seeds[i];
                yield return new PlannedRun(trial, plan.Seeds[i], template.With(positions, values));
            }
        }
    }

    /// <summary>With how many seeds each trial is run, trial by trial.</summary>
    public static IEnumerable<TrialSeeds> SeedCounts(this Plan plan) => plan.SoFar?.Trials ?? plan.WholeSeedCounts();

    /// <summary>As <see cref="SeedCounts"/>, whether that many have been run or not.</summary>
    public static IEnumerable<TrialSeeds> WholeSeedCounts(this Plan plan)
    {
        var least = plan.AtLeast ?? plan.Seeds.Count;
        var more = 0;
        foreach (var trial in plan.Trials)
            yield return more < plan.More.Count && plan.More[more].Trial == trial
                ? plan.More[more++]
                : new(trial, least);
    }

    /// <summary>The plan whose trials are run with so many seeds, of which each has <see cref="Plan.AtLeast"/> or more.</summary>
    public static Plan WithSeedCounts(this Plan plan, IEnumerable<TrialSeeds> counts) =>
        plan with
        {
            More = [.. counts.Where(trial => trial.Count > plan.AtLeast)],
        };

    /// <summary>
    /// With how many seeds the cells of an undecided claim are run, round by round: at first with
    /// those that every trial has, then with twice as many as before, at last with all. A single round
    /// where every trial is run with all.
    /// </summary>
    public static IReadOnlyList<int> SeedsByRound(this Plan plan)
    {
        var rounds = new List<int> { plan.AtLeast ?? plan.Seeds.Count };
        while (rounds[^1] < plan.Seeds.Count)
            rounds.Add((int)Math.Min(2L * rounds[^1], plan.Seeds.Count));
        return rounds;
    }

    /// <summary>The plan with every trial run with all of some seeds.</summary>
    public static Plan WithSeeds(this Plan plan, IReadOnlyList<int> seeds) =>
        plan with
        {
            Seeds = seeds,
            AtLeast = null,
            More = [],
            SoFar = null,
        };

    /// <summary>Which value of each axis a trial has.</summary>
    public static int[] Coordinates(this IReadOnlyList<Axis> axes, int trial)
    {
        var coordinates = new int[axes.Count];
        for (var i = axes.Count - 1; i >= 0; i--)
            (trial, coordinates[i]) = Math.DivRem(trial, axes[i].Values.Count);
        return coordinates;
    }
}
