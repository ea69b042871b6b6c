using Pipeline.Stages.Report;

namespace Pipeline.Execution;

/// <content>The page of all studies of the command, for a browser.</content>
public sealed partial class Session
{
    /// <summary>Writes the page where it differs from what stands there; what it shows comes from the reports, so no table is read for it.</summary>
    private void WritePage()
    {
        var folder = Path.Combine(options.Root, "artifacts", "report");
        var path = Path.Combine(folder, HtmlReport.FileName);
        var page = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [HtmlReport.FileName] = HtmlReport.Page(graphs.Value.Select(graph => graph.PagePart)) };
        if (ResultsFolder.Install(folder, page, [], option: null).Count > 0)
            output.WriteLine($"report: {Studies.Shown(options.Root, path)}");
        if (options.Open)
            output.WriteLine($"report: {new Uri(path).AbsoluteUri}");
    }
}
