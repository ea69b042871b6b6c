using System.Text;
using Pipeline.Artifacts;
using Pipeline.Stages.Report;

namespace Pipeline.Diff;

/// <summary>
/// The history of a study as a page of Markdown: its versions, since when its verdicts are what they are, how its cells moved.
/// </summary>
internal static class HistoryPage
{
    /// <summary>The page.</summary>
    /// <param name="history">The history.</param>
    /// <param name="picture">The name of the picture of the cells.</param>
    public static string Render(ResultHistory history, string picture)
    {
        var page = new StringBuilder();
        page.Append($"# History of {Markdown.Text(history.Name)}\n\n");
        page.Append(
            Markdown.Table(
                4,
                ["version", "date", "commit", "", "runs", "cells", "claims"],
                history
                    .Versions.Reverse()
                    .Select(version =>
                        (IEnumerable<string>)
                            [
                                Markdown.Code(version.Id),
                                version.Date,
                                Markdown.Text(version.Subject),
                                Markdown.Text(version.Unreadable ?? ""),
                                .. version.Study is { } study
                                    ?
                                    [
                                        Markdown.Count(study.Runs.Count),
                                        Markdown.Count(study.Cells.Count),
                                        Markdown.Count(study.Claims.Count),
                                    ]
                                    : (string[])[Markdown.Nothing, Markdown.Nothing, Markdown.Nothing],
                            ]
                    )
            )
        );
        page.Append("\nVersions that changed none of the tables are left out.\n\n");
        AddClaims(page, history);
        AddCells(page, history, picture);
        return page.ToString();
    }

    private static void AddClaims(StringBuilder page, ResultHistory history)
    {
        if (history.Claims.Count == 0)
            return;
        page.Append("## Verdicts\n\n")
            .Append(
                Markdown.Table(
                    4,
                    ["claim", "verdict", "since", "before"],
                    history.Claims.Select(claim =>
                        (IEnumerable<string>)
                            [
                                Markdown.Text(claim.Name),
                                claim.Values[^1] is { } verdict ? EnumText.Words(verdict) : "no longer claimed",
                                Version(history, claim.Since),
                                claim.Before < 0
                                    ? "new"
                                    : $"{EnumText.Words(claim.Values[claim.Before]!.Value)} in {Version(history, claim.Before)}",
                            ]
                    )
                )
            )
            .Append('\n');
    }

    private static void AddCells(StringBuilder page, ResultHistory history, string picture)
    {
        page.Append(
            "## Cells\n\nTest accuracy, %, from the oldest version on the left to the newest on the right.\n\n"
        );
        page.Append($"![Test accuracy by version]({picture})\n\n");
        page.Append(
            Markdown.Table(
                1,
                ["cell", "now", "since", "before", "lowest", "highest"],
                history.Cells.Select(cell =>
                    (IEnumerable<string>)
                        [
                            cell.Name.Length == 0 ? "the only one" : Markdown.Code(cell.Name),
                            DiffPage.Percent(cell.Values[^1]),
                            Version(history, cell.Since),
                            cell.Before < 0
                                ? "new"
                                : $"{DiffPage.Percent(cell.Values[cell.Before])} in {Version(history, cell.Before)}",
                            DiffPage.Percent(cell.Values.Min()),
                            DiffPage.Percent(cell.Values.Max()),
                        ]
                )
            )
        );
    }

    private static string Version(ResultHistory history, int version) =>
        history.Versions[version] is var found && found.Date.Length == 0
            ? found.Id
            : $"{Markdown.Code(found.Id)} ({found.Date})";
}
