using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes the results of a study.</summary>
public static class Reporter
{
    /// <summary>
    /// The files of a study's folder under <c>results/</c>, by name: <c>README.md</c>, <c>runs.csv</c>, <c>cells.csv</c> and
    /// <c>manifest.json</c>.
    /// The same arguments give the same bytes.
    /// </summary>
    /// <param name="tables">The study's tables.</param>
    /// <param name="provenance">Further entries of the manifest: the digests of whatever made the tables.</param>
    /// <exception cref="ArgumentException">The provenance names an entry that the report writes (<c>study:…</c>, <c>file:…</c>).</exception>
    public static SortedDictionary<string, byte[]> Render(StudyTables tables, IReadOnlyDictionary<string, string> provenance)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["README.md"] = StudyPage.Write(tables),
            ["cells.csv"] = CellsFile.Write(tables),
            ["runs.csv"] = RunsFile.Write(tables),
        };
        var entries = new Dictionary<string, string>(provenance, StringComparer.Ordinal);
        var digests = files.Select(file => KeyValuePair.Create($"file:{file.Key}", Digest.Of(file.Value)));
        foreach (var (key, value) in IndexEntry.Of(tables).ManifestEntries().Concat(digests))
        {
            if (!entries.TryAdd(key, value))
                throw new ArgumentException($"The report writes the manifest's entry '{key}' itself.", nameof(provenance));
        }
        files.Add(Manifest.FileName, Manifest.Write(entries));
        return files;
    }
}
