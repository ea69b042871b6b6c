namespace Pipeline.Artifacts;

/// <summary>
/// The columns of <c>runs.csv</c>, a row a run in the order of the plan: <c>run</c>, a column an axis,
/// <c>seed</c>, <c>outcome</c>, <c>steps</c> (that the run took until it was done or diverged), a column a metric
/// (<c>NaN</c> where the run has none), <c>test_correct</c> (see <see cref="CorrectRows"/>; <c>-</c> of a diverged run, and of one whose
/// trial validation didn't choose).
/// </summary>
public static class RunColumns
{
    /// <summary>The run's short name.</summary>
    public const string Run = "run";

    /// <summary>The seed.</summary>
    public const string Seed = "seed";

    /// <summary>How the run ended: <see cref="Completed"/> or <see cref="Diverged"/>.</summary>
    public const string Outcome = "outcome";

    /// <summary>The number of training steps that the run took.</summary>
    public const string Steps = "steps";

    /// <summary>Which test rows the run got right.</summary>
    public const string Correct = "test_correct";

    /// <summary>What stands there for nothing.</summary>
    public const string NoRows = "-";

    /// <summary>The outcome of a run that was trained to its end.</summary>
    public const string Completed = "completed";

    /// <summary>The outcome of a run that diverged.</summary>
    public const string Diverged = "diverged";

    /// <summary>The columns before those of the metrics.</summary>
    /// <param name="axes">The keys of the axes.</param>
    public static string[] Before(IEnumerable<string> axes) => [Run, .. axes, Seed, Outcome, Steps];
}
