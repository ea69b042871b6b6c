using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The claims of a study on its page.</summary>
internal static class ClaimsSection
{
    private const int Digits = 3;

    /// <summary>
    /// A row a claim: its verdict, its words and why it was not tested, its source, its effect, its
    /// adjusted p; empty without claims.
    /// </summary>
    public static string Table(StudyTables tables) =>
        tables.Claims.Count == 0
            ? ""
            : Markdown.Table(
                3,
                ["verdict", "claim", "source", "effect", "adjusted p"],
                tables.Plan.Claims.Zip(
                    tables.Claims,
                    (claim, row) =>
                        (IEnumerable<string>)
                            [
                                Verdict(row.Verdict),
                                Markdown.Text(claim.Says) + Note(claim, row),
                                Markdown.Text(claim.Source),
                                Effect(claim, row),
                                Number(row.Verdict == ClaimVerdict.Refuted ? row.AdjustedOppositeP : row.AdjustedP),
                            ]
                )
            );

    /// <summary>What the verdicts come to: how many claims hold, and those that do not; empty without claims.</summary>
    public static string Answer(StudyTables tables)
    {
        var count = tables.Claims.Count;
        var holding = tables.Claims.Count(row => row.Verdict == ClaimVerdict.Holds);
        if (count == 0)
            return "";
        if (holding == count)
            return count == 1 ? "The claim holds." : $"All {Markdown.Count(count)} claims hold.";
        var start =
            count == 1
                ? "The claim does not hold."
                : $"Of {Markdown.Count(count)} claims {(holding == 0 ? "none" : Markdown.Count(holding))} "
                    + (holding > 1 ? "hold." : "holds.");
        return string.Join(
            ' ',
            new[]
            {
                start,
                Others(ClaimVerdict.Refuted),
                Others(ClaimVerdict.Undecided),
                Others(ClaimVerdict.NotEvaluated),
            }.Where(sentence => sentence.Length > 0)
        );

        string Others(ClaimVerdict verdict)
        {
            var words = EnumText.Words(verdict);
            var says = tables
                .Plan.Claims.Zip(tables.Claims)
                .Where(claim => claim.Second.Verdict == verdict)
                .Select(claim => Markdown.Text(claim.First.Says))
                .ToArray();
            return says.Length == 0 ? "" : $"{char.ToUpperInvariant(words[0])}{words[1..]}: {string.Join("; ", says)}.";
        }
    }

    private static string Note(Claim claim, ClaimRow row) =>
        row.Reason is not null ? $" (not tested: {Markdown.Text(row.Reason)})"
        : row.Verdict == ClaimVerdict.Refuted && claim.Explanation is not null
            ? $"<br>Likely because {Markdown.Text(claim.Explanation)}."
        : "";

    private static string Verdict(ClaimVerdict verdict) =>
        verdict switch
        {
            ClaimVerdict.Holds => EnumText.Words(verdict),
            ClaimVerdict.Refuted => $"**{EnumText.Words(verdict)}**",
            _ => $"*{EnumText.Words(verdict)}*",
        };

    private static string Effect(Claim claim, ClaimRow row)
    {
        if (row.Effect is null)
            return Markdown.Nothing;
        var effect = (claim.Factor is null ? "" : "× ") + Number(row.Effect);
        if (row.Low is not null)
            return $"{effect} ({Number(row.Low)} to {(row.High is null ? "∞" : Number(row.High))})";
        return row.Run is null ? effect : $"{effect} in run {Markdown.Code(row.Run)}";
    }

    private static string Number(double? value) =>
        value is { } number ? Rounding.Significant(number, Digits) : Markdown.Nothing;
}
