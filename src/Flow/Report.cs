using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Report;

namespace Pipeline.Flow;

/// <summary>Last stage: tables and pictures → the files of a study's folder, and its part of the page of all studies.</summary>
internal static class Report
{
    /// <summary>The command that a report names, as an input; none where it is that of every study.</summary>
    public static StageInput[] Command(Reproduction reproduction) =>
        reproduction.IsPlain ? [] : [StageInput.Of("command", Digest.Of(reproduction.Command))];

    /// <summary>The stage of a study's report.</summary>
    /// <param name="runs">Its runs.</param>
    /// <param name="tables">The stage of its tables.</param>
    /// <param name="previews">The stages of its pictures.</param>
    /// <param name="provenance">What the report's manifest says that it was made from.</param>
    /// <param name="reproduction">What makes the results again.</param>
    /// <param name="context">The code that makes reports.</param>
    public static Stage Of(
        StudyRuns runs,
        Stage tables,
        IReadOnlyList<Stage> previews,
        SortedDictionary<string, string> provenance,
        Reproduction reproduction,
        StageContext context
    ) =>
        new()
        {
            Name = "report",
            Slot = "report",
            Goal = Goal.Report,
            Inputs =
            [
                StageInput.Of("tables", tables),
                StageInput.OfAll("previews", previews),
                StageInput.Of("provenance", Digest.Of(KeyPart.Of(provenance).Json)),
                StageInput.Of("runs", runs.Digest),
                .. Command(reproduction),
            ],
            Code = _ => context.Code.Report,
            Make = inputs =>
            {
                var decoded = ArtifactEncoding.DecodeStudyTables(inputs.Read("tables"));
                var pictures = inputs
                    .ReadAll("previews")
                    .Select(bytes => ArtifactEncoding.DecodeDataPreview(bytes))
                    .ToList();
                return new Dictionary<string, byte[]>(
                    Reporter.Render(decoded, pictures, provenance, reproduction),
                    StringComparer.Ordinal
                )
                {
                    [ReportOutputs.PageOutput] = HtmlReport.Study(
                        decoded,
                        [.. runs.Results.Select(result => result.Curves)],
                        pictures
                    ),
                };
            },
        };
}
