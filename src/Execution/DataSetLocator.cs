using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Execution;

/// <summary>Finds the files of a data set.</summary>
internal sealed class DataSetLocator(IReadOnlyList<string> folders)
{
    /// <summary>The folders that are looked at: what the user names, the embedded data, the system's data sets.</summary>
    public static DataSetLocator For(PipelineOptions options)
    {
        string[] usual = [Path.Combine(options.Root, "experiments", "data"), "/usr/share/datasets", "/usr/local/share/datasets"];
        return new(options.Data is null ? usual : [options.Data, .. usual]);
    }

    /// <summary>A data set's name in a study: its name in the catalogue with hyphens.</summary>
    public static string StudyName(string catalogueName) => catalogueName.Replace('_', '-');

    /// <summary>The name in the catalogue of a data set named in a study.</summary>
    public static string CatalogueName(string name) => name.Replace('-', '_');

    /// <summary>The reader of a data set named in a study.</summary>
    public static DataSetReader Reader(string name) => DataSetReaderCatalogue.Create(CatalogueName(name), []);

    /// <summary>The paths of a data set's files, in the reader's order; all from one folder.</summary>
    /// <exception cref="PipelineException">No folder has them all.</exception>
    public IReadOnlyList<string> Locate(string name, DataSetReader reader) => TryLocate(name, reader)
        ?? throw new PipelineException(
            $"The data set '{name}' is not here ({string.Join(", ", reader.Files)}): {reader.Remedy}. Looked in {string.Join(", ", folders)}.");

    /// <summary>As <see cref="Locate"/>, or null where no folder has them all.</summary>
    public IReadOnlyList<string>? TryLocate(string name, DataSetReader reader) =>
        folders.SelectMany(folder => new[] { folder, Path.Combine(folder, name) })
            .Select(folder => reader.Files.Select(file => Path.Combine(folder, file)).ToArray())
            .FirstOrDefault(paths => paths.All(File.Exists));
}
