namespace Pipeline.Artifacts;

/// <summary>The tables of a study: the output of Aggregate, all that Report needs.</summary>
public sealed record StudyTables
{
    /// <summary>The study that the tables belong to, without the list of its trials.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The names of the metrics, in ordinal order: the columns of the tables.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>A row a run, in the order of the plan.</summary>
    public required IReadOnlyList<RunRow> Runs { get; init; }

    /// <summary>A row a cell, in the order of the plan.</summary>
    public required IReadOnlyList<CellRow> Cells { get; init; }

    /// <summary>A row a claim, in the order of <see cref="Plan.Claims"/>.</summary>
    public IReadOnlyList<ClaimRow> Claims { get; init; } = [];

    /// <summary>What probes measured, by cell, epoch, layer and probe; empty where the study has none.</summary>
    public IReadOnlyList<LayerRow> Layers { get; init; } = [];

    /// <summary>Learning curves, by cell, then name; empty where no run finished an epoch.</summary>
    public IReadOnlyList<CurveRow> Curves { get; init; } = [];

    /// <summary>What cells mistook for what, by cell; without cells of which no run counted it.</summary>
    public IReadOnlyList<ConfusionRow> Confusions { get; init; } = [];
}

/// <summary>One run of a study.</summary>
public sealed record RunRow
{
    /// <summary>The run's short name (see <see cref="PlannedRun.Id"/>).</summary>
    public required string Run { get; init; }

    /// <summary>The value on each axis, scientific then nuisance.</summary>
    public required IReadOnlyList<Scalar> Values { get; init; }

    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>How the run ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>The number of training steps that the run took, as in <see cref="RunResult.Steps"/>.</summary>
    public required int Steps { get; init; }

    /// <summary>A value a metric, in the order of <see cref="StudyTables.Metrics"/>; null where the run has none.</summary>
    public required IReadOnlyList<double?> Metrics { get; init; }

    /// <summary>
    /// Which test rows it got right, as in <see cref="RunResult.Correct"/>; null for a diverged run, and for one whose trial validation
    /// didn't choose.
    /// </summary>
    public string? Correct { get; init; }
}

/// <summary>One cell of a study, at the nuisance values that validation chose for it.</summary>
public sealed record CellRow
{
    /// <summary>The value on each scientific axis.</summary>
    public required IReadOnlyList<Scalar> Values { get; init; }

    /// <summary>The chosen value on each nuisance axis.</summary>
    public required IReadOnlyList<Scalar> Chosen { get; init; }

    /// <summary>
    /// For each nuisance axis, whether the choice lies at an end of an axis of three or more numbers, so
    /// that a better one may lie beyond.
    /// </summary>
    public required IReadOnlyList<bool> AtEdge { get; init; }

    /// <summary>The number of runs (seeds) at the chosen values.</summary>
    public required int Runs { get; init; }

    /// <summary>How many of them diverged.</summary>
    public required int Diverged { get; init; }

    /// <summary>An estimate a metric, in the order of <see cref="StudyTables.Metrics"/>.</summary>
    public required IReadOnlyList<Estimate> Metrics { get; init; }

    /// <summary>
    /// The p, adjusted by Holm over the comparisons, of a one-sided test that the cell with the best mean test
    /// accuracy, the first among equals, is better than this one; of cells that are tested by the same rows (see
    /// <see cref="TestSet"/>). Null for that cell itself, and where nothing can be tested: there are fewer than
    /// <see cref="Significance.FewestSeeds"/> seeds, no accuracy, or no cell that didn't diverge.
    /// </summary>
    public double? BelowBest { get; init; }
}

/// <summary>
/// A mean over seeds with its 95 % interval by Student's t; that of a test accuracy is one over seeds and test rows. Accuracies count a
/// diverged run as 0, the worst there is; other metrics are null as soon as one run diverged.
/// </summary>
/// <param name="Mean">The mean, or null.</param>
/// <param name="Low">The interval's lower end, or null for fewer than two seeds.</param>
/// <param name="High">The interval's upper end, or null for fewer than two seeds.</param>
public sealed record Estimate(double? Mean, double? Low, double? High);

/// <summary>What a probe measured in one layer of a cell at one time, over the runs at the nuisance values that validation chose.</summary>
public sealed record LayerRow
{
    /// <summary>The cell's position among <see cref="StudyTables.Cells"/>, from 0.</summary>
    public required int Cell { get; init; }

    /// <summary>When: 0 is at initialization, e is after e epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Where, as in <see cref="LayerProbe.Layer"/>.</summary>
    public required int Layer { get; init; }

    /// <summary>The layer's name, such as <c>layers.0</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The probe's name, such as <c>weight_gradient_norm</c>.</summary>
    public required string Probe { get; init; }

    /// <summary>The mean over the runs that have a value.</summary>
    public required Estimate Value { get; init; }

    /// <summary>How many of the cell's runs have a value.</summary>
    public required int Runs { get; init; }
}

/// <summary>
/// One learning curve of a cell, over the runs at the nuisance values that validation chose. A run that diverged counts
/// up to the last epoch that it finished. Numbers have 7 significant digits.
/// </summary>
public sealed record CurveRow
{
    /// <summary>The cell's position among <see cref="StudyTables.Cells"/>, from 0.</summary>
    public required int Cell { get; init; }

    /// <summary>The curve's name, as in <see cref="RunResult.Curves"/>.</summary>
    public required string Curve { get; init; }

    /// <summary>The mean after each epoch, from the first; null where a run's value is not finite.</summary>
    public required IReadOnlyList<double?> Mean { get; init; }

    /// <summary>
    /// Half of the mean's 95 % interval by Student's t; null where there is no mean, or fewer than
    /// two runs have a value.
    /// </summary>
    public required IReadOnlyList<double?> Half { get; init; }

    /// <summary>How many runs have a value, one at least.</summary>
    public required IReadOnlyList<int> Runs { get; init; }
}

/// <summary>What a cell mistook for what, over the runs at the nuisance values that validation chose.</summary>
/// <param name="Cell">The cell's position among <see cref="StudyTables.Cells"/>, from 0.</param>
/// <param name="Counts">The sums of <see cref="RunResult.Confusion"/> over its completed runs.</param>
public sealed record ConfusionRow(int Cell, IReadOnlyList<int> Counts);
