using Pipeline.Stages.Expand;
using Pipeline.Stages.Report;

namespace Pipeline.Execution;

/// <content>The index of the results that stand in a folder.</content>
public sealed partial class Session
{
    private void WriteIndex(string root, IReadOnlyCollection<string> justReported)
    {
        var entries = new List<IndexEntry>();
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, Stages.Report.Manifest.FileName);
            if (!File.Exists(path))
                continue;
            var bytes = File.ReadAllBytes(path);
            var entry = IndexEntry.Read(bytes);
            entries.Add(entry with { IsStale = !justReported.Contains(entry.Study, StringComparer.Ordinal) && IsStale(entry.Study, bytes) });
        }
        ResultsFolder.Install(root, new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["README.md"] = IndexPage.Render(entries) }, []);
    }

    /// <summary>Whether other code or data, or another study, made results than those there are now.</summary>
    private bool IsStale(string study, byte[] manifest)
    {
        var path = Path.Combine(options.Root, "experiments", study + ".yaml");
        if (!File.Exists(path))
            return true;
        try
        {
            var recorded = Stages.Report.Manifest.Read(manifest);
            var now = Graph(path, StudyOverrides.None, dryRun: true).Provenance();
            return now.Any(part => part.Value.Length > 0 && recorded.GetValueOrDefault(part.Key) != part.Value);
        }
        catch (Exception e) when (e is StudyException or PipelineException)
        {
            output.WriteLine($"{study}: {e.Message}");
            return true;
        }
    }
}
