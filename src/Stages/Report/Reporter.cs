using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes the results of a study.</summary>
public static class Reporter
{
    /// <summary>
    /// The files of a study's folder under <c>results/</c>, by name: <c>README.md</c>, <c>runs.csv</c>, <c>cells.csv</c>,
    /// <c>manifest.json</c>, where the study makes claims <c>claims.csv</c>, where it has probes <c>layers.csv</c>, for each preview
    /// <c>samples-&lt;data set&gt;.svg</c>, and the plots that it asks for, such as <c>bars-activation.svg</c>, or else
    /// of what it has: <c>accuracy.svg</c>, <c>curve-….svg</c>, <c>layers-….svg</c>, <c>epochs-….svg</c>, <c>trajectory.svg</c>; for
    /// each tuned axis of numbers <c>tuned-….svg</c>, and of best cells that make mistakes <c>confusion….svg</c>. The same arguments
    /// give the same bytes.
    /// </summary>
    /// <param name="tables">The study's tables.</param>
    /// <param name="previews">Previews of those of the study's data sets that hold images, in the order of the study; may be empty.</param>
    /// <param name="provenance">Further entries of the manifest: the digests of whatever made the tables.</param>
    /// <param name="reproduction">What makes the results again; null where the study's name says it all.</param>
    /// <exception cref="ArgumentException">
    /// The provenance names an entry that the report writes (<c>study:…</c>, <c>file:…</c>), or a preview has no samples or, in one row,
    /// pictures of different shapes.
    /// </exception>
    public static SortedDictionary<string, byte[]> Render(
        StudyTables tables,
        IReadOnlyList<DataPreview> previews,
        IReadOnlyDictionary<string, string> provenance,
        Reproduction? reproduction = null
    )
    {
        reproduction ??= new(tables.Plan.Study, null, [], [], []);
        var figures = new StudyFigures(tables, previews);
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["README.md"] = StudyPage.Write(tables, figures, BackendNote.Of(provenance), reproduction.Command),
            [ResultFiles.Cells] = CellsFile.Write(tables),
            [ResultFiles.Runs] = RunsFile.Write(tables),
        };
        if (tables.Claims.Count > 0)
            files.Add(ResultFiles.Claims, ClaimsFile.Write(tables));
        if (tables.Layers.Count > 0)
            files.Add(LayersFile.Name, LayersFile.Write(tables));
        foreach (var figure in figures.All)
            files.Add(figure.File, figure.Svg);
        var entries = new Dictionary<string, string>(provenance, StringComparer.Ordinal);
        var digests = files.Select(file =>
            KeyValuePair.Create(ManifestEntry.Of(ManifestEntry.File, file.Key), Digest.Of(file.Value))
        );
        foreach (
            var (key, value) in IndexEntry
                .Of(tables)
                .ManifestEntries()
                .Concat(RunsFile.ManifestEntries(tables.Plan))
                .Concat(digests)
        )
        {
            if (!entries.TryAdd(key, value))
                throw new ArgumentException(
                    $"The report writes the manifest's entry '{key}' itself.",
                    nameof(provenance)
                );
        }
        files.Add(ResultFiles.Manifest, ManifestEncoding.Encode(entries));
        return files;
    }
}
