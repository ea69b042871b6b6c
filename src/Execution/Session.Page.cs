using Pipeline.Stages.Report;

namespace Pipeline.Execution;

/// <content>The page of all studies of the command, for a browser.</content>
public sealed partial class Session
{
    private string PageFolder => Path.Combine(options.Root, "artifacts", "report");

    private string PagePath => Path.Combine(PageFolder, HtmlReport.FileName);

    /// <summary>Writes the page where it differs from what stands there; what it shows comes from the reports, so no table is read for it.</summary>
    private void WritePage()
    {
        if (ResultsFolder.Install(PageFolder, Page(graphs.Value), [], option: null).Count > 0)
            output.WriteLine($"report: {Studies.Shown(options.Root, PagePath)}");
        if (options.Open)
            output.WriteLine($"report: {new Uri(PagePath).AbsoluteUri}");
    }

    /// <summary>The page of studies whose reports are known: its bytes by its name.</summary>
    private static Dictionary<string, byte[]> Page(IEnumerable<StudyGraph> reported) =>
        new(StringComparer.Ordinal) { [HtmlReport.FileName] = HtmlReport.Page(reported.Select(graph => graph.PagePart)) };
}
