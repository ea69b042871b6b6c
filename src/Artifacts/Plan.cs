using System.Text.Json.Serialization;

namespace Pipeline.Artifacts;

/// <summary>
/// A study spelled out. A <em>cell</em> is one combination of the scientific axes (a row of the result table),
/// a <em>trial</em> a cell with one combination of the nuisance axes, a <em>run</em> a trial with one seed.
/// Trials are numbered in mixed radix over the scientific, then the nuisance axes, the last axis fastest.
/// </summary>
public sealed record Plan
{
    /// <summary>The study's name: its file's name without extension.</summary>
    public required string Study { get; init; }

    /// <summary>The study's title, one line.</summary>
    public required string Title { get; init; }

    /// <summary>The question that the study answers, or null.</summary>
    public string? Question { get; init; }

    /// <summary>Where the question comes from, or null.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the study runs when no experiment is named.</summary>
    public bool Default { get; init; }

    /// <summary>
    /// Whether this is part of a study, or a study with overridden values: such results never stand
    /// under <c>results/</c>.
    /// </summary>
    public bool Partial { get; init; }

    /// <summary>Every parameter of a run but the axes, with defaults filled in. Axes are not among them, nor is the seed.</summary>
    public required Parameters Fixed { get; init; }

    /// <summary>The axes that are compared, in the order of the study.</summary>
    public required IReadOnlyList<Axis> Scientific { get; init; }

    /// <summary>The axes that are tuned per cell on validation data, in the order of the study.</summary>
    public required IReadOnlyList<Axis> Nuisance { get; init; }

    /// <summary>The seeds, ascending.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>
    /// How many of the seeds, from the first, every trial is run with, two or more; cells on which a claim is undecided
    /// then get more of them. Null where every trial is run with all.
    /// </summary>
    public int? AtLeast { get; init; }

    /// <summary>
    /// The trials that are run with more than <see cref="AtLeast"/> of the seeds, by their numbers, ascending. What a
    /// study says has none: they follow from results.
    /// </summary>
    public IReadOnlyList<TrialSeeds> More { get; init; } = [];

    /// <summary>The numbers of the trials that are part of the plan, ascending.</summary>
    public required IReadOnlyList<int> Trials { get; init; }

    /// <summary>The numbers of the trials that the study has, ascending, where these are part of them; else null.</summary>
    public IReadOnlyList<int>? Whole { get; init; }

    /// <summary>What of the plan has been run, where tables are made before the rest is; else null.</summary>
    public SoFar? SoFar { get; init; }

    /// <summary>What the study says will be found, in its order.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>How many claims the study makes besides, which don't fit the values that override it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ClaimsLeftOut { get; init; }

    /// <summary>The pictures that the study's page shows, in their order; null leaves the choice to the report.</summary>
    public IReadOnlyList<Plot>? Plots { get; init; }

    /// <summary>The number of runs: one for each trial and each seed that it is run with.</summary>
    public int RunCount =>
        SoFar?.Trials.Sum(trial => trial.Count)
        ?? (Trials.Count * (AtLeast ?? Seeds.Count)) + More.Sum(trial => trial.Count - AtLeast!.Value);

    /// <summary>The key of the seed among a run's parameters.</summary>
    public const string SeedKey = "seed";
}

/// <summary>With how many seeds a trial is run.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Count">How many of the plan's seeds, from the first.</param>
public sealed record TrialSeeds(int Trial, int Count);
