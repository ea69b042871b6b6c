using System.Text;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// The claims of all studies, put together by where they come from: what was found of each page of a text, whichever study asked.
/// Sources have their <see cref="NaturalOrder"/>, claims that of their studies.
/// </summary>
internal sealed class ClaimsBySource(IEnumerable<IndexEntry> entries)
{
    private readonly IGrouping<string, (IndexEntry Study, IndexClaim Claim)>[] sources =
    [
        .. entries
            .SelectMany(entry => entry.ClaimRows.Select(claim => (entry, claim)))
            .GroupBy(pair => pair.claim.Source, StringComparer.Ordinal)
            .OrderBy(source => source.Key, NaturalOrder.Comparer),
    ];

    /// <summary>A row a source: how many claims it has and how many got which verdict; empty without claims.</summary>
    public string Summary()
    {
        var verdicts = Enum.GetValues<ClaimVerdict>()
            .Where(verdict =>
                verdict != ClaimVerdict.NotEvaluated
                || sources.Any(source => source.Any(pair => pair.Claim.Verdict == verdict))
            )
            .ToArray();
        return sources.Length == 0
            ? ""
            : Markdown.Table(
                1,
                ["source", "claims", .. verdicts.Select(verdict => Plural(verdict))],
                sources
                    .Zip(Anchors(), (source, anchor) => Row($"[{Markdown.Text(source.Key)}](#{anchor})", [.. source]))
                    .Append(Row("all", [.. sources.SelectMany(source => source)]))
            );

        IEnumerable<string> Row(string name, (IndexEntry Study, IndexClaim Claim)[] claims) =>
            [
                name,
                Markdown.Count(claims.Length),
                .. verdicts.Select(verdict => Markdown.Count(claims.Count(pair => pair.Claim.Verdict == verdict))),
            ];
    }

    /// <summary>
    /// A heading a source, and below it a row a claim: verdict, words, study, effect and what was asked of it; empty without claims.
    /// </summary>
    public string Tables()
    {
        var text = new StringBuilder();
        foreach (var source in sources)
        {
            text.Append("### ").Append(Markdown.Text(source.Key)).Append("\n\n");
            text.Append(
                    Markdown.Table(
                        3,
                        ["verdict", "claim", "study", "effect", "asked"],
                        source.Select(pair =>
                            (IEnumerable<string>)
                                [
                                    ClaimText.Emphasized(pair.Claim.Verdict),
                                    Markdown.Text(pair.Claim.Says),
                                    $"[{Markdown.Text(pair.Study.Study)}]({Uri.EscapeDataString(pair.Study.Study)}/README.md#claims)"
                                        + (pair.Study.IsStale ? " *stale*" : ""),
                                    pair.Claim.Effect,
                                    Markdown.Text(pair.Claim.Asked),
                                ]
                        )
                    )
                )
                .Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    // As GitHub names headings: lower case, spaces as hyphens, other punctuation left out, equal ones numbered.
    private IEnumerable<string> Anchors()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var anchor = string.Concat(
                    string.Join(' ', source.Key.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                        .ToLowerInvariant()
                        .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
                )
                .Replace(' ', '-');
            var before = counts.GetValueOrDefault(anchor);
            counts[anchor] = before + 1;
            yield return before == 0 ? anchor : $"{anchor}-{Csv.Number(before)}";
        }
    }

    private static string Plural(ClaimVerdict verdict) =>
        verdict == ClaimVerdict.Holds ? "hold" : EnumText.Words(verdict);
}
