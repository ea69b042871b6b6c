namespace Pipeline.Artifacts;

/// <summary>
/// The columns of <c>claims.csv</c>, a row a claim in the order of the study: <c>claim</c> in words, <c>verdict</c>;
/// <c>metric</c>, <c>left</c>, <c>relation</c> and either <c>right</c>, a cell, or <c>bound</c>, a number (of
/// <c>within</c> the lower one, with <c>upper_bound</c>); <c>threshold</c>, in units of the metric on the <c>scale</c>
/// <c>linear</c> and a factor on <c>log</c> (an exact claim has neither); <c>effect</c> with its 95 % interval from
/// <c>low</c> to <c>high</c> on the same scale; <c>effect_size</c>, standardized (see
/// <see cref="ClaimRow.EffectSize"/>); <c>pairs</c>, the seeds compared; <c>p</c>, <c>p_adjusted</c> for the looks at
/// the runs and by Holm over the study's claims, <c>p_opposite</c>, <c>p_opposite_adjusted</c>; <c>reason</c> why
/// nothing was tested; <c>source</c>, <c>basis</c>. A number that there is none of is <c>NaN</c>, a text empty.
/// </summary>
public static class ClaimColumns
{
    /// <summary>The claim in words.</summary>
    public const string Claim = "claim";

    /// <summary>See <see cref="ClaimRow.Verdict"/>.</summary>
    public const string Verdict = "verdict";

    /// <summary>See <see cref="ClaimRow.Effect"/>.</summary>
    public const string Effect = "effect";

    /// <summary>See <see cref="ClaimRow.Low"/>.</summary>
    public const string Low = "low";

    /// <summary>See <see cref="ClaimRow.High"/>.</summary>
    public const string High = "high";

    /// <summary>See <see cref="ClaimRow.EffectSize"/>.</summary>
    public const string EffectSize = "effect_size";

    /// <summary>See <see cref="ClaimRow.Pairs"/>.</summary>
    public const string Pairs = "pairs";

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

    /// <summary>All columns, in their order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Claim,
        Verdict,
        "metric",
        "left",
        "relation",
        "right",
        "bound",
        "upper_bound",
        "threshold",
        "scale",
        Effect,
        Low,
        High,
        EffectSize,
        Pairs,
        P,
        AdjustedP,
        OppositeP,
        AdjustedOppositeP,
        Reason,
        "source",
        "basis",
    ];
}
