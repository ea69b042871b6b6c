namespace Pipeline.Artifacts;

/// <summary>Walks the runs of a plan.</summary>
public static class PlanEnumeration
{
    /// <summary>All axes: the scientific ones, then the nuisance ones.</summary>
    public static IReadOnlyList<Axis> Axes(this Plan plan) => [.. plan.Scientific, .. plan.Nuisance];

    /// <summary>The position of a trial's value on each axis, in the order of <see cref="Axes"/>.</summary>
    public static int[] Coordinates(this Plan plan, int trial) => Coordinates(plan.Axes(), trial);

    /// <summary>The number of the cell that a trial belongs to: its number with the nuisance axes divided out.</summary>
    public static int Cell(this Plan plan, int trial)
    {
        foreach (var axis in plan.Nuisance)
            trial /= axis.Values.Count;
        return trial;
    }

    /// <summary>Every run, trial by trial, the seeds of a trial together.</summary>
    public static IEnumerable<PlannedRun> Runs(this Plan plan)
    {
        var axes = plan.Axes();
        var template = Parameters.Of(
        [
            .. plan.Fixed.Keys.Select(key => KeyValuePair.Create(key, plan.Fixed[key])),
            .. axes.Select(axis => KeyValuePair.Create(axis.Key, axis.Values[0])),
            KeyValuePair.Create(Plan.SeedKey, Scalar.Of(0L)),
        ]);
        var positions = axes.Select(axis => template.IndexOf(axis.Key)).Append(template.IndexOf(Plan.SeedKey)).ToArray();
        var seeds = plan.Seeds.Select(seed => Scalar.Of((long)seed)).ToArray();
        var values = new Scalar[positions.Length];
        foreach (var trial in plan.Trials)
        {
            var coordinates = Coordinates(axes, trial);
            for (var i = 0; i < coordinates.Length; i++)
                values[i] = axes[i].Values[coordinates[i]];
            for (var i = 0; i < seeds.Length; i++)
            {
                values[^1] = seeds[i];
                yield return new PlannedRun(trial, plan.Seeds[i], template.With(positions, values));
            }
        }
    }

    private static int[] Coordinates(IReadOnlyList<Axis> axes, int trial)
    {
        var coordinates = new int[axes.Count];
        for (var i = axes.Count - 1; i >= 0; i--)
            (trial, coordinates[i]) = Math.DivRem(trial, axes[i].Values.Count);
        return coordinates;
    }
}
