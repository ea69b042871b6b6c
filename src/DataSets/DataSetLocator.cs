using Pipeline.Artifacts;
using Pipeline.DataSets.Download;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.DataSets;

/// <summary>Finds the files of a data set.</summary>
/// <param name="folders">The folders that are looked at, in this order.</param>
/// <param name="download">Gets a published data set that none of them has; null where nothing is to be downloaded.</param>
/// <param name="output">Where to tell before a download what was passed over; null for nowhere.</param>
internal sealed class DataSetLocator(
    IReadOnlyList<string> folders,
    DataSetDownload? download = null,
    TextWriter? output = null
)
{
    /// <summary>A locator that downloads to the cache what is published and nowhere here, unless the cache is only read.</summary>
    /// <param name="places">Where to look, and where downloads go.</param>
    /// <param name="output">Where to tell about downloads.</param>
    /// <param name="cancellation">Ends a download; the next goes on from there.</param>
    public static DataSetLocator For(DataSetPlaces places, TextWriter output, CancellationToken cancellation) =>
        new(
            places.Folders,
            places.CacheIsReadOnly ? null : new DataSetDownload(places.Downloads, new(), output, cancellation),
            output
        );

    /// <summary>A data set's name in a study: its name in the catalogue with hyphens.</summary>
    public static string StudyName(string catalogueName) => catalogueName.Replace('_', '-');

    /// <summary>The name in the catalogue of a data set named in a study.</summary>
    public static string CatalogueName(string name) => name.Replace('-', '_');

    /// <summary>The reader of a data set named in a study.</summary>
    public static DataSetReader Reader(string name) => DataSetReaderCatalogue.Create(CatalogueName(name), []);

    /// <summary>
    /// The paths of a data set's files, in the reader's order, all from one folder; downloaded where they
    /// are published and nowhere here.
    /// </summary>
    /// <exception cref="PipelineException">
    /// No folder has them all, and they can't be downloaded, or the download was interrupted.
    /// </exception>
    public IReadOnlyList<string> Locate(string name, DataSetReader reader)
    {
        if (TryLocate(name, reader) is { } paths)
            return paths;
        if (download is null || reader.Published.Count == 0)
        {
            throw new PipelineException(
                $"The data set '{name}' is not here ({string.Join(", ", reader.Files)}): {reader.Remedy}. "
                    + $"Looked in {string.Join(", ", folders)}{PassedOver(name, reader, null)}."
            );
        }
        if (PassedOver(name, reader, null) is { Length: > 0 } passedOver)
            output?.WriteLine($"dataset {name}{passedOver}");
        download.Fetch(name, reader.Published);
        return PathsIn(download.FolderOf(name), reader);
    }

    /// <summary>As <see cref="Locate"/>, or null where no folder has them all; nothing is downloaded.</summary>
    public IReadOnlyList<string>? TryLocate(string name, DataSetReader reader) =>
        FoldersOf(name)
            .Select(folder => PathsIn(folder, reader))
            .FirstOrDefault(paths => paths.All(RegularFile.Exists));

    /// <summary>
    /// What <see cref="Locate"/> would download, such as "to be downloaded from example.org
    /// (3.0 MB)"; null where it wouldn't.
    /// </summary>
    public string? WouldDownload(string name, DataSetReader reader) =>
        download is not null && reader.Published.Count > 0 && TryLocate(name, reader) is null
            ? DataSetDownload.Describe(reader.Published)
            : null;

    /// <summary>
    /// The end of a sentence about a file that was passed over because of its name, which differs by a dot, a line or its last part only
    /// from what it should be, such as <c>train-images.idx3-ubyte</c>; empty where there is none.
    /// </summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="reader">Its reader.</param>
    /// <param name="taken">The folder that was taken; those before it were passed over. Null for none.</param>
    public string PassedOver(string name, DataSetReader reader, string? taken)
    {
        foreach (var folder in FoldersOf(name).TakeWhile(folder => folder != taken).Where(Directory.Exists))
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
            {
                if (
                    reader.Files.FirstOrDefault(file => Letters(file) == Letters(Path.GetFileName(path)))
                    is not { } file
                )
                    continue;
                return reader.Files.Contains(Path.GetFileName(path), StringComparer.Ordinal)
                    ? $"; {folder} was passed over, as it lacks some of {string.Join(", ", reader.Files)}"
                    : $"; {path} was passed over: it would have to be {file}, gzipped or not";
            }
        }
        return "";
    }

    private static string Letters(string file) =>
        string.Concat(
            file.ToLowerInvariant().Replace(".gz", "", StringComparison.Ordinal).Where(char.IsAsciiLetterOrDigit)
        );

    private IEnumerable<string> FoldersOf(string name) =>
        folders.SelectMany(folder => new[] { folder, Path.Combine(folder, name) });

    private static string[] PathsIn(string folder, DataSetReader reader) =>
        [.. reader.Files.Select(file => Path.Combine(folder, file))];
}
