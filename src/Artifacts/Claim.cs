namespace Pipeline.Artifacts;

/// <summary>What a study says will be found, and that the build judges.</summary>
public sealed record Claim
{
    /// <summary>The claim in words, one sentence.</summary>
    public required string Says { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>What its threshold rests on: theory, or a pilot on other seeds.</summary>
    public required string Basis { get; init; }

    /// <summary>Why it may turn out otherwise, or null: shown beside a refuted claim.</summary>
    public string? Explanation { get; init; }

    /// <summary>
    /// What is compared, as the canonical text of a <see cref="ClaimMetric"/>: a column of the
    /// runs, or what is made of one.
    /// </summary>
    public required string Metric { get; init; }

    /// <summary>The cell that the claim is about.</summary>
    public required CellChoice Left { get; init; }

    /// <summary>How it stands to the other side.</summary>
    public required ClaimRelation Relation { get; init; }

    /// <summary>The cell on the other side; null where there is a number.</summary>
    public CellChoice? Right { get; init; }

    /// <summary>
    /// The number on the other side, or the lower bound of <see cref="ClaimRelation.Within"/>; null
    /// where there is a cell.
    /// </summary>
    public double? Number { get; init; }

    /// <summary>The upper bound of <see cref="ClaimRelation.Within"/>, else null.</summary>
    public double? High { get; init; }

    /// <summary>By how much left is to lie below or above right at least, in units of the metric; 0 unless given.</summary>
    public double By { get; init; }

    /// <summary>
    /// How many times right left is to lie below or above, above 0; null where differences are judged. With it values
    /// are compared on a log scale.
    /// </summary>
    public double? Factor { get; init; }

    /// <summary>Whether a test judges the claim, and not every run.</summary>
    public bool IsStatistical => Relation is ClaimRelation.Below or ClaimRelation.Above;
}

/// <summary>How the two sides of a claim stand to each other.</summary>
public enum ClaimRelation
{
    /// <summary>Statistical: left is smaller.</summary>
    Below,

    /// <summary>Statistical: left is larger.</summary>
    Above,

    /// <summary>Exact: every run of left lies between two bounds, both included.</summary>
    Within,

    /// <summary>Exact: every run of left equals that of right with the same seed, or the number, bit for bit.</summary>
    Equal,
}

/// <summary>One cell of a study: a value for each scientific axis that matters, or the best on validation.</summary>
/// <param name="Values">The values by axis; axes of a single value are left out.</param>
/// <param name="Best">Axes along which the cell with the best mean validation accuracy is taken, in the order of the study.</param>
public sealed record CellChoice(Parameters Values, IReadOnlyList<string> Best);
