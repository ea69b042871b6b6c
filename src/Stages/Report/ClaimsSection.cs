using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>The claims of a study on its page.</summary>
internal static class ClaimsSection
{
    /// <summary>
    /// A row a claim: its verdict, its words, how many runs of its cells diverged and why it was not tested or can't be decided, its
    /// source, its effect, its adjusted p; empty without claims.
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
                                ClaimText.Emphasized(row.Verdict),
                                Markdown.Text(claim.Says) + Mark(tables, claim, row) + Note(claim, row),
                                Markdown.Text(claim.Source),
                                ClaimText.Effect(claim.Factor is not null, row),
                                ClaimText.ShownP(row),
                            ]
                )
            );

    /// <summary>A row a claim: its words, its metric, what is compared with what by which threshold, its basis.</summary>
    public static string Comparisons(StudyTables tables) =>
        tables.Claims.Count == 0
            ? ""
            : Markdown.Table(
                4,
                ["claim", "metric", "compared", "basis"],
                tables.Plan.Claims.Zip(
                    tables.Claims,
                    (claim, row) =>
                        (IEnumerable<string>)
                            [
                                Markdown.Text(claim.Says),
                                Markdown.Code(claim.Metric),
                                Markdown.Text(ClaimText.Compared(tables.Plan.Scientific, claim, row)),
                                Markdown.Text(claim.Basis),
                            ]
                )
            );

    /// <summary>Whether a run of a cell that a judged claim is about diverged.</summary>
    public static bool HasDiverged(StudyTables tables) =>
        tables.Plan.Claims.Zip(tables.Claims).Any(claim => Mark(tables, claim.First, claim.Second).Length > 0);

    /// <summary>How many claims are left out, since they don't fit the values that override the study; empty where none is.</summary>
    public static string LeftOut(StudyTables tables)
    {
        var more = tables.Claims.Count > 0 ? " more" : "";
        return tables.Plan.ClaimsLeftOut switch
        {
            0 => "",
            1 => $"One{more} claim doesn't fit the values that override the study, and is left out.",
            var count =>
                $"{Markdown.Count(count)}{more} claims don't fit the values that override the study, and are left out.",
        };
    }

    /// <summary>What the verdicts come to: how many claims hold, and those that do not; empty without claims.</summary>
    public static string Answer(StudyTables tables)
    {
        var count = tables.Claims.Count;
        var holding = tables.Claims.Count(row => row.Verdict == ClaimVerdict.Holds);
        var leftOut = LeftOut(tables);
        if (count == 0)
            return "";
        if (holding == count)
            return $"{(count == 1 ? "The claim holds." : $"All {Markdown.Count(count)} claims hold.")} {leftOut}".TrimEnd();
        var start =
            count == 1
                ? (tables.Claims[0].Verdict == ClaimVerdict.Refuted ? "The claim does not hold." : "")
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
                leftOut,
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

    private static string Mark(StudyTables tables, Claim claim, ClaimRow row) =>
        row.Test != ClaimTest.None && ClaimText.Diverged(tables, claim, row) is > 0 and var diverged
            ? $" †{Markdown.Count(diverged)}"
            : "";

    private static string Note(Claim claim, ClaimRow row) =>
        ClaimText.Reason(row) is { Length: > 0 } reason ? $" ({Markdown.Text(reason)})"
        : row.Verdict == ClaimVerdict.Refuted && claim.Explanation is not null
            ? $"<br>Likely because {Markdown.Text(claim.Explanation)}."
        : "";
}
