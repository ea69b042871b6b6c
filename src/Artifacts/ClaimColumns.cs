namespace Pipeline.Artifacts;

/// <summary>
/// The columns of <c>claims.csv</c>, a row a claim in the order of the study: <c>claim</c> in words, <c>verdict</c>;
/// <c>metric</c>, <c>left</c>, <c>relation</c> and either <c>right</c>, a cell, or <c>bound</c>, a number (of
/// <c>within</c> the lower one, with <c>upper_bound</c>); <c>threshold</c>, in units of the metric on the <c>scale</c>
/// <c>linear</c> and a factor on <c>log</c> (an exact claim has neither); <c>test</c>, how it was judged (see
/// <see cref="ClaimTest"/>); <c>effect</c> with its interval from <c>low</c> to <c>high</c> on the same scale and that
/// interval's <c>confidence</c>; <c>standard_error</c> and <c>degrees_of_freedom</c>; <c>effect_size</c>, standardized
/// (see <see cref="ClaimRow.EffectSize"/>); <c>pairs</c>, the seeds compared, and in how many the difference lies
/// beyond the threshold, <c>for</c> and <c>against</c> the claim; <c>looks</c> at the runs that there can be; <c>p</c>,
/// <c>p_adjusted</c> for the looks at the runs and by Holm over the study's claims, <c>p_opposite</c>,
/// <c>p_opposite_adjusted</c>; <c>reason</c> why nothing was tested; <c>source</c>, <c>basis</c>. A number that there
/// is none of is <c>NaN</c>, a text empty.
/// </summary>
public static class ClaimColumns
{
    /// <summary>The claim in words.</summary>
    public const string Claim = "claim";

    /// <summary>See <see cref="ClaimRow.Verdict"/>.</summary>
    public const string Verdict = "verdict";

    /// <summary>See <see cref="Artifacts.Claim.Relation"/>.</summary>
    public const string Relation = "relation";

    /// <summary>See <see cref="Artifacts.Claim.Number"/>.</summary>
    public const string Bound = "bound";

    /// <summary>See <see cref="Artifacts.Claim.High"/>.</summary>
    public const string UpperBound = "upper_bound";

    /// <summary><see cref="Artifacts.Claim.Factor"/>, or <see cref="Artifacts.Claim.By"/>.</summary>
    public const string Threshold = "threshold";

    /// <summary><c>log</c> where ratios are judged, <c>linear</c> where differences are; empty of an exact claim.</summary>
    public const string Scale = "scale";

    /// <summary>See <see cref="ClaimRow.Effect"/>.</summary>
    public const string Effect = "effect";

    /// <summary>See <see cref="ClaimRow.Low"/>.</summary>
    public const string Low = "low";

    /// <summary>See <see cref="ClaimRow.High"/>.</summary>
    public const string High = "high";

    /// <summary>See <see cref="ClaimRow.Test"/>.</summary>
    public const string Test = "test";

    /// <summary>See <see cref="ClaimRow.Confidence"/>.</summary>
    public const string Confidence = "confidence";

    /// <summary>See <see cref="ClaimRow.StandardError"/>.</summary>
    public const string StandardError = "standard_error";

    /// <summary>See <see cref="ClaimRow.DegreesOfFreedom"/>.</summary>
    public const string DegreesOfFreedom = "degrees_of_freedom";

    /// <summary>See <see cref="ClaimRow.EffectSize"/>.</summary>
    public const string EffectSize = "effect_size";

    /// <summary>See <see cref="ClaimRow.Pairs"/>.</summary>
    public const string Pairs = "pairs";

    /// <summary>See <see cref="ClaimRow.For"/>.</summary>
    public const string For = "for";

    /// <summary>See <see cref="ClaimRow.Against"/>.</summary>
    public const string Against = "against";

    /// <summary>The number of looks at the runs there can be, by which p values are multiplied first.</summary>
    public const string Looks = "looks";

    /// <summary>See <see cref="ClaimRow.P"/>.</summary>
    public const string P = "p";

    /// <summary>See <see cref="ClaimRow.AdjustedP"/>.</summary>
    public const string AdjustedP = "p_adjusted";

    /// <summary>See <see cref="ClaimRow.OppositeP"/>.</summary>
    public const string OppositeP = "p_opposite";

    /// <summary>See <see cref="ClaimRow.AdjustedOppositeP"/>.</summary>
    public const string AdjustedOppositeP = "p_opposite_adjusted";

    /// <summary>See <see cref="ClaimRow.Reason"/>.</summary>
    public const string Reason = "reason";

    /// <summary>See <see cref="Artifacts.Claim.Source"/>.</summary>
    public const string Source = "source";

    /// <summary>All columns, in their order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Claim,
        Verdict,
        "metric",
        "left",
        Relation,
        "right",
        Bound,
        UpperBound,
        Threshold,
        Scale,
        Test,
        Effect,
        Low,
        High,
        Confidence,
        StandardError,
        DegreesOfFreedom,
        EffectSize,
        Pairs,
        For,
        Against,
        Looks,
        P,
        AdjustedP,
        OppositeP,
        AdjustedOppositeP,
        Reason,
        Source,
        "basis",
    ];
}
