using Pipeline.Stages.Expand;
using Pipeline.Stages.Report;

namespace Pipeline.Execution;

/// <content>The index of the results that stand in a folder.</content>
public sealed partial class Session
{
    private const string IndexFile = "README.md";
    private const string IndexTitle = "# Results";

    private string ProjectResults => Path.Combine(options.Root, "results");

    /// <summary>The index of a folder of results in which some studies were just reported: its bytes by its name.</summary>
    private Dictionary<string, byte[]> Index(IGrouping<string, StudyGraph> root)
    {
        var reported = root.Select(graph => graph.Plan.Study).ToHashSet(StringComparer.Ordinal);
        var entries = new List<IndexEntry>();
        foreach (var folder in Directory.EnumerateDirectories(root.Key).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, Manifest.FileName);
            if (!File.Exists(path))
                continue;
            try
            {
                var bytes = File.ReadAllBytes(path);
                var entry = IndexEntry.Read(bytes);
                entries.Add(entry with { IsStale = root.Key == ProjectResults && !reported.Contains(entry.Study) && IsStale(entry.Study, bytes) });
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                output.WriteLine($"{Studies.Shown(options.Root, path)} is left out of the index: {e.Message}");
            }
        }
        return new(StringComparer.Ordinal) { [IndexFile] = IndexPage.Render(entries) };
    }

    /// <summary>Whether other code or data, or another study, made results than those there are now. Data that are not here are not judged.</summary>
    private bool IsStale(string study, byte[] manifest)
    {
        var path = Path.Combine(options.Root, "experiments", study + ".yaml");
        if (!File.Exists(path))
            return true;
        try
        {
            var recorded = Manifest.Read(manifest);
            return Graph(path, StudyOverrides.None, dryRun: false).KnownProvenance().Any(part => recorded.GetValueOrDefault(part.Key) != part.Value);
        }
        catch (StudyException e)
        {
            output.WriteLine(e.Message);
            return true;
        }
    }

    /// <summary>Refuses a folder whose page of the index's name is somebody else's.</summary>
    /// <exception cref="PipelineException">It is.</exception>
    private void RequireOurs(string root)
    {
        var path = Path.Combine(root, IndexFile);
        if (root != ProjectResults && File.Exists(path) && File.ReadLines(path).FirstOrDefault("") is { Length: > 0 } first && first != IndexTitle)
            throw new PipelineException($"{path} is no index of results and would be replaced by one: name another folder with --results=<folder>.");
    }
}
