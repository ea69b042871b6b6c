using System.Text.Json.Serialization;

namespace Pipeline.Artifacts;

/// <summary>What the runs of a study say of one of its claims.</summary>
public sealed record ClaimRow
{
    /// <summary>The verdict.</summary>
    public required ClaimVerdict Verdict { get; init; }

    /// <summary>How it was judged.</summary>
    public ClaimTest Test { get; init; }

    /// <summary>
    /// Why nothing could be tested, or why more of the same can't decide, or how many seeds would, a sentence without its full stop;
    /// else null.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Statistical: the mean over seeds of left − right, or with a factor the geometric mean of left ÷ right. Equal: the difference of
    /// the largest size. Within: the value that lies farthest out, or nearest to a bound where none lies out.
    /// </summary>
    public double? Effect { get; init; }

    /// <summary>
    /// Statistical: the lower end of the effect's interval, the one that its test agrees with: a claim is decided exactly when its
    /// threshold lies outside. Null where a sign test was made.
    /// </summary>
    public double? Low { get; init; }

    /// <summary>Statistical: the upper end of the effect's interval.</summary>
    public double? High { get; init; }

    /// <summary>
    /// Statistical: the confidence of that interval, 0…1: what is left of <see cref="Significance.Level"/> for the claim's step of Holm and
    /// for each look at the runs is outside, half of it on either side.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>
    /// Statistical: the standard error of the effect, with a factor of its natural logarithm; null where a sign test was made.
    /// </summary>
    public double? StandardError { get; init; }

    /// <summary>
    /// Statistical: the degrees of freedom of the standard error. Of accuracies the harmonic mean of the seeds' and the
    /// test rows', weighted by their shares of its square; the test compares with the mixture of both.
    /// </summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>
    /// Statistical: the standardized effect, Cohen's d_z = d̄/s, where the dᵢ are left − right of each seed,
    /// or with a factor the natural logarithm of left ÷ right, and s² = Σ(dᵢ − d̄)²/(n − 1); null where the
    /// dᵢ are equal but for rounding.
    /// </summary>
    public double? EffectSize { get; init; }

    /// <summary>Statistical: the probability of an effect so far beyond the threshold, or farther, if it lay at the threshold.</summary>
    public double? P { get; init; }

    /// <summary>
    /// <see cref="P"/> times the number of looks at the runs there can be (see
    /// <see cref="PlanEnumeration.SeedsByRound"/>), adjusted by Holm over all statistical claims of the study.
    /// </summary>
    public double? AdjustedP { get; init; }

    /// <summary>As <see cref="P"/>, for the opposite: that the effect lies on the other side of the threshold.</summary>
    public double? OppositeP { get; init; }

    /// <summary><see cref="OppositeP"/>, adjusted in the same way.</summary>
    public double? AdjustedOppositeP { get; init; }

    /// <summary>The adjusted p that the verdict rests on: that of the opposite where the claim is refuted.</summary>
    [JsonIgnore]
    public double? VerdictP => Verdict == ClaimVerdict.Refuted ? AdjustedOppositeP : AdjustedP;

    /// <summary>The number of seeds whose values were compared; 0 where nothing was.</summary>
    public required int Pairs { get; init; }

    /// <summary>Statistical: in how many of them the difference lies beyond the threshold as claimed.</summary>
    public int? For { get; init; }

    /// <summary>Statistical: in how many it lies on the other side; the others are ties.</summary>
    public int? Against { get; init; }

    /// <summary>Whether more seeds can't decide the claim: what the few test rows leave open is enough to keep it undecided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLimitedByRows { get; init; }

    /// <summary>Exact: the run (of left) that <see cref="Effect"/> is about.</summary>
    public string? Run { get; init; }

    /// <summary>The cell of left along the axes where the best was asked for, in their order; null where none was.</summary>
    public IReadOnlyList<Scalar>? BestLeft { get; init; }

    /// <summary>As <see cref="BestLeft"/>, for right.</summary>
    public IReadOnlyList<Scalar>? BestRight { get; init; }
}

/// <summary>What the build says of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>Statistical: its adjusted p is below <see cref="Significance.Side"/>. Exact: every run conforms.</summary>
    Holds,

    /// <summary>
    /// Statistical: the opposite's adjusted p is below <see cref="Significance.Side"/>. Exact:
    /// some run does not conform.
    /// </summary>
    Refuted,

    /// <summary>The runs do not tell.</summary>
    Undecided,

    /// <summary>Its cells are no part of the plan, or not all run yet.</summary>
    NotEvaluated,
}
