using System.Globalization;
using System.Text;
using Pipeline.Artifacts;
using Pipeline.Stages.Report;

namespace Pipeline.Diff;

/// <summary>A difference as a page of Markdown: verdicts that flipped, then study by study what changed and why.</summary>
internal static class DiffPage
{
    private const int MostCells = 100;
    private const int MostCommits = 5;
    private const int MostMetrics = 3;
    private const int DigestLength = 8;

    /// <summary>The page.</summary>
    public static string Render(DiffReport report)
    {
        var page = new StringBuilder();
        page.Append($"# Difference of results\n\n{Side(report.From)} → {Side(report.To)}\n\n");
        foreach (var side in (DiffSide[])[report.From, report.To])
        {
            if (side.Files is null)
                page.Append(
                    $"{Side(side)} has no folder of results: every study counts as {(side == report.From ? "added" : "removed")}.\n\n"
                );
        }
        AddFlipped(page, report);
        var different = report.Studies.Where(study => !study.IsEqual).ToList();
        AddOverview(page, different);
        AddEqual(
            page,
            [.. report.Studies.Where(study => study is { IsEqual: true, IsWithin: false })],
            "to the last bit"
        );
        AddEqual(
            page,
            [.. report.Studies.Where(study => study.IsWithin)],
            $"within the tolerance of {Number(report.Tolerance.Most)}"
        );
        foreach (var study in report.Studies.Where(study => study.Files.Count > 0 || study.Notes.Count > 0))
            AddStudy(page, study);
        return page.ToString();
    }

    private static void AddEqual(StringBuilder page, StudyDiff[] studies, string how)
    {
        if (studies.Length > 0)
            page.Append(
                CultureInfo.InvariantCulture,
                $"{studies.Length} {(studies.Length == 1 ? "study is" : "studies are")} the same {how}: "
                    + $"{Markdown.Count(studies.Sum(study => study.RunCounts.Equal))} runs, "
                    + $"{Markdown.Count(studies.Sum(study => study.CellCounts.Equal))} cells.\n\n"
            );
    }

    private static string Side(DiffSide side) => Markdown.Text(side.Name);

    private static void AddFlipped(StringBuilder page, DiffReport report)
    {
        if (report.Counts.Flipped == 0)
            return;
        page.Append(
            CultureInfo.InvariantCulture,
            $"## {report.Counts.Flipped} {(report.Counts.Flipped == 1 ? "verdict" : "verdicts")} flipped\n\n"
        );
        page.Append(
                Markdown.Table(
                    3,
                    ["study", "claim", "verdict", "effect", "p (Holm)"],
                    report.Studies.SelectMany(study =>
                        study
                            .Claims.Where(claim => claim.IsFlipped)
                            .Select(claim =>
                                (IEnumerable<string>)
                                    [
                                        Markdown.Code(study.Study),
                                        Markdown.Text(claim.Says),
                                        $"{Verdict(claim.Old!)} → **{Verdict(claim.Now!)}**",
                                        Change(claim.Old!.Effect, claim.Now!.Effect),
                                        Change(claim.Old?.VerdictP, claim.Now?.VerdictP),
                                    ]
                            )
                    )
                )
            )
            .Append('\n');
    }

    private static void AddOverview(StringBuilder page, IReadOnlyList<StudyDiff> studies)
    {
        if (studies.Count == 0)
            return;
        page.Append(
                Markdown.Table(
                    2,
                    ["study", "", "cells", "runs", "claims"],
                    studies.Select(study =>
                        (IEnumerable<string>)
                            [
                                Markdown.Code(study.Study),
                                study.Unreadable is not null ? "not compared"
                                : study.Presence == Presence.Both ? "changed"
                                : study.Presence == Presence.Added ? "added"
                                : "removed",
                                study.CellCounts.ToString(),
                                study.RunCounts.ToString(),
                                study.ClaimCounts.ToString(),
                            ]
                    )
                )
            )
            .Append('\n');
    }

    private static void AddStudy(StringBuilder page, StudyDiff study)
    {
        page.Append($"## {Markdown.Code(study.Study)}\n\n");
        foreach (var note in study.Notes)
            page.Append($"{Markdown.Text(note)}\n\n");
        if (
            study.CellCounts.Changed + study.RunCounts.Changed + study.ClaimCounts.Changed == 0
            && study.Files.Count > 0
        )
            page.Append(
                $"No number that both sides have changed{(study.IsWithin ? " by more than the tolerance" : "")}; files that differ: {string.Join(", ", study.Files.Select(Markdown.Code))}.\n\n"
            );
        if (study.Causes.Count > 0)
        {
            page.Append("What made the two differs in\n\n");
            foreach (var cause in study.Causes)
                AddCause(page, cause);
            page.Append('\n');
        }
        if (study.Cells.Count > 0)
            AddCells(page, study.Cells);
        AddClaims(page, [.. study.Claims.Where(claim => !claim.IsFlipped)]);
    }

    private static void AddCause(StringBuilder page, Cause cause)
    {
        page.Append(
            $"- {Markdown.Text(cause.Title)}: {Digested(cause.Old)} → {Digested(cause.Now)}"
                + $"{(cause.IsUncommitted ? ", by changes that are not committed" : "")}\n"
        );
        foreach (var commit in cause.Commits.Take(MostCommits))
            page.Append(
                $"  - `{commit.Id}` {Markdown.Text(commit.Subject)}{(commit.IsOld ? " (old side only)" : "")}\n"
            );
        if (cause.Commits.Count > MostCommits)
            page.Append(CultureInfo.InvariantCulture, $"  - and {cause.Commits.Count - MostCommits} more\n");
    }

    private static string Digested(string? value) =>
        value is null ? "not used" : $"`{(Digest.IsWellFormed(value) ? value[..DigestLength] : value)}`";

    private static void AddCells(StringBuilder page, IReadOnlyList<CellDiff> cells)
    {
        page.Append(
                Markdown.Table(
                    1,
                    [
                        "cell",
                        "test accuracy, %",
                        "difference, points",
                        "detectable, points",
                        "d",
                        "p (Holm)",
                        "diverged",
                        "also",
                    ],
                    cells
                        .Take(MostCells)
                        .Select(cell =>
                            (IEnumerable<string>)
                                [
                                    cell.Cell.Length == 0 ? "the only one" : Markdown.Code(cell.Cell),
                                    $"{Percent(cell.Accuracy.Old)} → {Percent(cell.Accuracy.Now)}",
                                    Difference(cell),
                                    Percent(cell.Detectable),
                                    Shown(cell.Difference?.EffectSize, Number),
                                    P(cell),
                                    cell.Old.Row.Diverged == cell.Now.Row.Diverged
                                        ? Whole(cell.Now.Row.Diverged)
                                        : $"{Whole(cell.Old.Row.Diverged)} → {Whole(cell.Now.Row.Diverged)}",
                                    Also(cell),
                                ]
                        )
                )
            )
            .Append('\n');
        if (cells.Count > MostCells)
            page.Append(
                CultureInfo.InvariantCulture,
                $"{cells.Count - MostCells} more cells changed by less; the JSON file has them all.\n\n"
            );
        page.Append(
            "A difference is the mean over the seeds that both sides have, with its 95 % interval over seeds and test rows; "
                + "detectable is the smallest true one that the test would have found with a probability of 80 %; "
                + "d is the mean divided by the standard deviation over the seeds (Cohen's d_z). "
                + "p is two-sided, of Student's t over seeds and test rows, or where no variance was found of the sign test, "
                + "adjusted by Holm over the study's changed cells. Seeds that didn't move are ties, and fewer than three seeds decide nothing.\n\n"
        );
    }

    private static string P(CellDiff cell) =>
        cell.HasTooFewSeeds ? "too few seeds to tell"
        : cell.AdjustedP is not { } p ? Markdown.Nothing
        : cell.IsSignificant ? $"**{Number(p)}**"
        : Number(p);

    private static string Difference(CellDiff cell)
    {
        if (cell.Difference is not { } difference)
            return Markdown.Nothing;
        var mean = (difference.Mean > 0 ? "+" : "") + Percent(difference.Mean);
        return difference.Low is null ? mean : $"{mean} [{Percent(difference.Low)}, {Percent(difference.High)}]";
    }

    /// <summary>What else changed in a cell: its seeds, what validation chose, and the means of other metrics.</summary>
    private static string Also(CellDiff cell)
    {
        var parts = new List<string>();
        if (cell.Old.Row.Runs != cell.Now.Row.Runs)
            parts.Add($"seeds {Whole(cell.Old.Row.Runs)} → {Whole(cell.Now.Row.Runs)}");
        if (!cell.Old.Chosen.SequenceEqual(cell.Now.Chosen, StringComparer.Ordinal))
            parts.Add(
                $"tuned {Markdown.Code(string.Join(", ", cell.Old.Chosen))} → {Markdown.Code(string.Join(", ", cell.Now.Chosen))}"
            );
        parts.AddRange(
            cell.Others.Take(MostMetrics).Select(mean => $"{Markdown.Text(mean.Metric)} {Change(mean.Old, mean.Now)}")
        );
        if (cell.Others.Count > MostMetrics)
            parts.Add($"{Whole(cell.Others.Count - MostMetrics)} more metrics");
        return parts.Count == 0 ? Markdown.Nothing : string.Join("; ", parts);
    }

    private static void AddClaims(StringBuilder page, IReadOnlyList<ClaimDiff> claims)
    {
        if (claims.Count == 0)
            return;
        page.Append(
                Markdown.Table(
                    2,
                    ["claim", "verdict", "effect", "p (Holm)"],
                    claims.Select(claim =>
                        (IEnumerable<string>)
                            [
                                Markdown.Text(claim.Says),
                                claim.Presence switch
                                {
                                    Presence.Added => $"new: {Verdict(claim.Now!)}",
                                    Presence.Removed => $"removed: {Verdict(claim.Old!)}",
                                    _ => Verdict(claim.Now!),
                                },
                                Change(claim.Old?.Effect, claim.Now?.Effect),
                                Change(claim.Old?.VerdictP, claim.Now?.VerdictP),
                            ]
                    )
                )
            )
            .Append('\n');
    }

    private static string Verdict(ClaimRow row) => EnumText.Words(row.Verdict);

    private static string Change(double? old, double? now)
    {
        if (old == now)
            return now is null ? Markdown.Nothing : Number(now.Value);
        var (before, after) = (Shown(old, Number), Shown(now, Number));
        return before == after
            ? $"{Shown(old, CanonicalJson.Number)} → {Shown(now, CanonicalJson.Number)}"
            : $"{before} → {after}";
    }

    private static string Shown(double? value, Func<double, string> format) =>
        value is { } number ? format(number) : Markdown.Nothing;

    /// <summary>A share in percent, with two decimals. What rounds to zero has no sign.</summary>
    internal static string Percent(double? share) =>
        Shown(
            share,
            value =>
                (value * 100).ToString("0.00", CultureInfo.InvariantCulture) is var text && text == "-0.00"
                    ? "0.00"
                    : text
        );

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
