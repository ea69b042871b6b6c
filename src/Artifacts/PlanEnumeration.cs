namespace Pipeline.Artifacts;

/// <summary>Walks the runs of a plan.</summary>
public static class PlanEnumeration
{
    /// <summary>All axes: the scientific ones, then the nuisance ones.</summary>
    public static IReadOnlyList<Axis> Axes(this Plan plan) => [.. plan.Scientific, .. plan.Nuisance];

    /// <summary>The position of a trial's value on each axis, in the order of <see cref="Axes"/>.</summary>
    public static int[] Coordinates(this Plan plan, int trial)
    {
        var axes = plan.Axes();
        var coordinates = new int[axes.Count];
        for (var i = axes.Count - 1; i >= 0; i--)
            (trial, coordinates[i]) = Math.DivRem(trial, axes[i].Values.Count);
        return coordinates;
    }

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
        foreach (var trial in plan.Trials)
        {
            var coordinates = plan.Coordinates(trial);
            foreach (var seed in plan.Seeds)
            {
                var values = new Scalar[positions.Length];
                for (var i = 0; i < coordinates.Length; i++)
                    values[i] = axes[i].Values[coordinates[i]];
                values[^1] = Scalar.Of((long)seed);
                yield return new PlannedRun(trial, seed, template.With(positions, values));
            }
        }
    }
}
