using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>How claims and verdicts are written.</summary>
internal static class ClaimText
{
    private const int Digits = 3;

    /// <summary>How many claims got which verdict, <c>3 hold, 1 refuted</c>; empty without claims.</summary>
    public static string Counts(IReadOnlyList<ClaimRow> claims) =>
        string.Join(
            ", ",
            Enum.GetValues<ClaimVerdict>()
                .Select(verdict => (Verdict: verdict, Count: claims.Count(claim => claim.Verdict == verdict)))
                .Where(found => found.Count > 0)
                .Select(found =>
                    $"{Markdown.Count(found.Count)} "
                    + (found is { Verdict: ClaimVerdict.Holds, Count: > 1 } ? "hold" : EnumText.Words(found.Verdict))
                )
        );

    /// <summary>
    /// <see cref="ClaimRow.VerdictP"/> with three digits, or as many as it takes to tell on which side of the level it lies.
    /// </summary>
    public static string ShownP(ClaimRow row) =>
        row.VerdictP is { } p ? Rounding.P(p, Digits, Significance.Side) : Markdown.Nothing;

    /// <summary>Why nothing was tested, or why more of the same can't decide; empty where there is nothing to be said.</summary>
    public static string Reason(ClaimRow row) =>
        row.Reason is null ? ""
        : row.Test == ClaimTest.None ? $"not tested: {row.Reason}"
        : $"{EnumText.Words(row.Verdict)}: {row.Reason}";

    /// <summary>What a sign test counted, <c>for 9, against 0, 1 tie</c>; empty for other tests.</summary>
    public static string Signs(ClaimRow row)
    {
        if (row is not { Test: ClaimTest.Sign, For: { } supporting, Against: { } against })
            return "";
        var ties = row.Pairs - supporting - against;
        return $"for {Markdown.Count(supporting)}, against {Markdown.Count(against)}"
            + (ties == 0 ? "" : $", {Markdown.Count(ties)} {(ties == 1 ? "tie" : "ties")}");
    }

    /// <summary>A verdict in Markdown: refuted stands out, and what isn't decided is set apart.</summary>
    public static string Emphasized(ClaimVerdict verdict) =>
        verdict switch
        {
            ClaimVerdict.Holds => EnumText.Words(verdict),
            ClaimVerdict.Refuted => $"**{EnumText.Words(verdict)}**",
            _ => $"*{EnumText.Words(verdict)}*",
        };

    /// <summary>
    /// An effect in Markdown with its interval, <c>0.436 (0.406 to 0.469)</c>, or with what else was counted, or the run that it is of.
    /// </summary>
    /// <param name="isRatio">Whether it is a ratio.</param>
    /// <param name="row">The claim's row.</param>
    public static string Effect(bool isRatio, ClaimRow row)
    {
        var signs = Signs(row);
        if (row.Effect is null)
            return signs.Length > 0 ? signs
                : row.Run is null ? Markdown.Nothing
                : $"no value in run {Markdown.Code(row.Run)}";
        var effect = (isRatio ? "× " : "") + Number(row.Effect);
        if (row.Low is not null)
            return $"{effect} ({Number(row.Low)} to {(row.High is null ? "∞" : Number(row.High))})";
        return signs.Length > 0 ? $"{effect} ({signs})"
            : row.Run is null ? effect
            : $"{effect} in run {Markdown.Code(row.Run)}";
    }

    /// <summary>How many runs of the cells that a claim is about diverged, at the chosen values.</summary>
    public static int Diverged(StudyTables tables, Claim claim, ClaimRow row)
    {
        var metric = ClaimMetric.Parse(claim.Metric);
        return tables
            .Cells.Where(cell => IsOf(cell, claim.Left, row.BestLeft) || IsOf(cell, claim.Right, row.BestRight))
            .Sum(cell => cell.Diverged);

        bool IsOf(CellRow cell, CellChoice? choice, IReadOnlyList<Scalar>? best) =>
            choice is not null
            && tables
                .Plan.Scientific.Zip(cell.Values)
                .All(pair =>
                    choice.Values.TryGet(pair.First.Key, out var value) ? value == pair.Second
                    : choice.Best.TakeWhile(key => key != pair.First.Key).Count() is var asked
                    && asked < choice.Best.Count
                        ? best is null || best[asked] == pair.Second
                    : metric.Change is not { } change
                        || pair.First.Key != metric.Axis
                        || pair.Second.ToString() == change.From
                        || pair.Second.ToString() == change.To
                );
    }

    /// <summary>
    /// A cell, <c>activation=relu, initialization=he_normal (best)</c>; where the best was not looked
    /// for, <c>initialization=best</c>.
    /// </summary>
    /// <param name="scientific">The axes.</param>
    /// <param name="choice">The cell.</param>
    /// <param name="best">The values that were the best along the axes where the best was asked for, or null.</param>
    public static string Cell(IReadOnlyList<Axis> scientific, CellChoice choice, IReadOnlyList<Scalar>? best)
    {
        var parts = new List<string>();
        foreach (var axis in scientific)
        {
            var asked = choice.Best.TakeWhile(key => key != axis.Key).Count();
            if (choice.Values.TryGet(axis.Key, out var value))
                parts.Add($"{axis.Key}={value}");
            else if (asked < choice.Best.Count)
                parts.Add(best is null ? $"{axis.Key}=best" : $"{axis.Key}={best[asked]} (best)");
        }
        return string.Join(", ", parts);
    }

    /// <summary>Both sides of a claim and how they are to stand: <c>activation=relu: above activation=tanh by 0.1</c>.</summary>
    /// <param name="scientific">The axes.</param>
    /// <param name="claim">The claim.</param>
    /// <param name="row">The claim's row.</param>
    public static string Compared(IReadOnlyList<Axis> scientific, Claim claim, ClaimRow row)
    {
        var left = Cell(scientific, claim.Left, row.BestLeft);
        var right = claim.Right is { } cell ? Cell(scientific, cell, row.BestRight) : Exact(claim.Number);
        var relation = claim.Relation switch
        {
            ClaimRelation.Within => $"within {Exact(claim.Number)} and {Exact(claim.High)}",
            ClaimRelation.Equal => $"equal to {right}",
            var side => $"{EnumText.Words(side)} {(claim.Factor is { } factor ? $"{Exact(factor)} × " : "")}{right}"
                + (claim.By == 0 ? "" : $" by {Exact(claim.By)}"),
        };
        return left.Length == 0 ? relation : $"{left}: {relation}";
    }

    private static string Exact(double? value) => value is { } number ? CanonicalJson.Number(number) : "";

    private static string Number(double? value) =>
        value is { } number ? Rounding.Significant(number, Digits) : Markdown.Nothing;
}
