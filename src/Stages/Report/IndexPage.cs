using System.Text;

namespace Pipeline.Stages.Report;

/// <summary>The index of results, <c>results/README.md</c>.</summary>
public static class IndexPage
{
    /// <summary>
    /// The page's bytes: what the claims of each source come to, the default studies, the others in a section of their own, each by
    /// name, and all claims by their source. Its wording is <c>Templates/index.md</c>'s.
    /// </summary>
    public static byte[] Render(IEnumerable<IndexEntry> entries)
    {
        var ordered = entries.OrderBy(entry => entry.Study, StringComparer.Ordinal).ToArray();
        var claims = new ClaimsBySource(ordered);
        return Encoding.UTF8.GetBytes(
            Template.Load(
                "index.md",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["default"] = Table([.. ordered.Where(entry => entry.IsDefault)]),
                    ["sources"] = claims.Summary(),
                    ["claims"] = claims.Tables(),
                    ["no_others"] = ordered.All(entry => entry.IsDefault) ? "true" : "",
                    ["others"] = Table([.. ordered.Where(entry => !entry.IsDefault)]),
                    ["together"] = JointHolm.Sentence(ordered),
                    ["is_empty"] = ordered.Length == 0 ? "true" : "",
                    ["stale"] = ordered.Any(entry => entry.IsStale) ? "true" : "",
                }
            )
        );
    }

    private static string Table(IndexEntry[] entries)
    {
        if (entries.Length == 0)
            return "";
        var hasClaims = entries.Any(entry => entry.Claims.Length > 0);
        return Markdown.Table(
            3,
            [
                "study",
                "question",
                "best cell",
                "test accuracy",
                .. Claims("claims"),
                "cells",
                "runs",
                "diverged",
                "results",
            ],
            entries.Select(entry =>
                (IEnumerable<string>)
                    [
                        $"[{Markdown.Text(entry.Title)}]({Uri.EscapeDataString(entry.Study)}/README.md)",
                        Shown(Markdown.Text(entry.Question)),
                        entry.Best.Length == 0
                            ? Markdown.Nothing
                            : Markdown.Code(entry.Best) + Others(entry.BestEquals),
                        Shown(entry.BestAccuracy),
                        .. Claims(Shown(Markdown.Text(entry.Claims))),
                        Markdown.Count(entry.Cells),
                        Markdown.Count(entry.Runs),
                        Markdown.Count(entry.Diverged),
                        entry.IsStale ? "*stale*" : "current",
                    ]
            )
        );

        string[] Claims(string cell) => hasClaims ? [cell] : [];
    }

    private static string Others(int others) => others == 0 ? "" : $" and {Markdown.Count(others)} with the same mean";

    private static string Shown(string text) => text.Length == 0 ? Markdown.Nothing : text;
}
