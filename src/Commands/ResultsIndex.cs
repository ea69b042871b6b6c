using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Stages.Expand;
using Pipeline.Stages.Report;

namespace Pipeline.Commands;

/// <summary>
/// What stands beside the studies' folders: the index of a folder of results, and the page of all
/// studies of a command, for a browser.
/// </summary>
internal sealed class ResultsIndex(Session session)
{
    private const string IndexFile = "README.md";
    private const string IndexTitle = "# Results";

    // The index is looked at again once it is written; what was told, and judged, is not told and judged again.
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> stale = new(StringComparer.Ordinal);

    /// <summary>The folder of the page.</summary>
    public string PageFolder => Path.Combine(session.Options.Root, "artifacts", "report");

    /// <summary>The page's path.</summary>
    public string PagePath => Path.Combine(PageFolder, HtmlReport.FileName);

    /// <summary>The path of the index of a folder.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, IndexFile);

    /// <summary>
    /// The page of some studies: its bytes by its name. What it shows comes from the reports, so no
    /// table is read for it.
    /// </summary>
    public static Dictionary<string, byte[]> Page(IEnumerable<ReportOutputs> reports) =>
        new(StringComparer.Ordinal) { [HtmlReport.FileName] = HtmlReport.Page(reports.Select(report => report.Page)) };

    /// <summary>The index of a folder of results in which some studies were just reported: its bytes by its name.</summary>
    public Dictionary<string, byte[]> Index(string root, IEnumerable<StudyFlow> flows)
    {
        var reported = flows.Select(flow => flow.Plan.Study).ToHashSet(StringComparer.Ordinal);
        var entries = new List<IndexEntry>();
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, ResultFiles.Manifest);
            if (!RegularFile.Exists(path))
                continue;
            if (Entry(folder, out var manifest) is not { } entry)
                continue;
            var mayBeStale = root == ProjectResults(session.Options.Root) && !reported.Contains(entry.Study);
            entries.Add(entry with { IsStale = mayBeStale && IsKnownStale(entry.Study, manifest) });
        }
        return new(StringComparer.Ordinal) { [IndexFile] = IndexPage.Render(entries) };
    }

    // What a study's own files say; null, told in a line, where they can't be read or are damaged.
    private IndexEntry? Entry(string folder, out byte[] manifest)
    {
        var path = Path.Combine(folder, ResultFiles.Manifest);
        manifest = [];
        try
        {
            manifest = File.ReadAllBytes(path);
            var entry = IndexEntry.Read(manifest);
            return entry.Claims.Length == 0
                ? entry
                : entry with
                {
                    ClaimRows = IndexClaim.Read(File.ReadAllBytes(Path.Combine(folder, ResultFiles.Claims))),
                };
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Tell($"{session.Shown(path)} is left out of the index: {e.Message}");
            return null;
        }
    }

    /// <summary>Refuses a folder for results that holds what no report put there; the project's own is taken as it is.</summary>
    /// <param name="options">Where the project's folder is, and whether another one is named.</param>
    /// <param name="flow">Whose results are to stand there.</param>
    /// <exception cref="PipelineException">The page of the index's name is somebody else's, or the study's folder is.</exception>
    public static void RequireOurs(PipelineOptions options, StudyFlow flow)
    {
        var root = flow.ResultsRoot;
        if (root == ProjectResults(options.Root))
            return;
        var path = PathIn(root);
        if (RegularFile.Exists(path) && new FileInfo(path).Length > 0 && File.ReadLines(path).First() != IndexTitle)
            throw new PipelineException(
                $"{path} is no index of results and would be replaced by one: name another folder with --results=<folder>."
            );
        if (options.Results is not null && IsForeign(flow.ResultsFolder))
            throw new PipelineException(
                $"{flow.ResultsFolder} holds files, but not the manifest of a report: empty it, or name another folder with --results=<folder>."
            );
    }

    // Whether a folder holds files, hidden ones apart, and no manifest of a report.
    private static bool IsForeign(string folder)
    {
        if (
            !Directory.Exists(folder)
            || !Directory.EnumerateFileSystemEntries(folder).Any(path => Path.GetFileName(path) is not ['.', ..])
        )
            return false;
        var manifest = Path.Combine(folder, ResultFiles.Manifest);
        try
        {
            return !RegularFile.Exists(manifest)
                || !ManifestEncoding.Decode(File.ReadAllBytes(manifest)).ContainsKey(ManifestEntry.Plan);
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private static string ProjectResults(string projectRoot) => Path.Combine(projectRoot, "results");

    private void Tell(string sentence)
    {
        if (told.Add(sentence))
            session.Output.WriteLine(sentence);
    }

    private bool IsKnownStale(string study, byte[] manifest)
    {
        var key = $"{study} {Digest.Of(manifest)}";
        return stale.TryGetValue(key, out var known) ? known : stale[key] = IsStale(study, manifest);
    }

    // Whether other code or data, or another study, made results than those there are now. Data that are not here are not judged.
    private bool IsStale(string study, byte[] manifest)
    {
        var path = Studies.Of(session.Options.Root, study);
        if (!File.Exists(path))
            return true;
        try
        {
            return session.Flow(path, StudyOverrides.None, Mode.Run).Differing(ManifestEncoding.Decode(manifest)).Count
                > 0;
        }
        catch (Exception e) when (e is StudyException or PipelineException or InvalidDataException)
        {
            Tell(e.Message);
            return true;
        }
    }
}
