using Microsoft.Data.Analysis;
using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary>
/// The results of one study: its manifest, and its tables as <see cref="DataFrame"/>s with rows and columns in the
/// files' order. Each file is read when it is first asked for. Numbers are <see cref="double"/>
/// (<see cref="double.NaN"/> where the file has <c>NaN</c>), whole numbers <see cref="long"/>, true and false
/// <see cref="bool"/>, all else text; a table holds no nulls. An axis is of one type in all tables of the study: that
/// of its values in <c>runs.csv</c>.
/// </summary>
public sealed class StudyResults
{
    private const string LayersName = "layers.csv";
    private const string Rewrite = "write it with --target=Report";

    private readonly string place;
    private readonly Func<string, byte[]?> read;
    private readonly string remedy;
    private readonly Dictionary<string, byte[]?> files = new(StringComparer.Ordinal);

    private StudyResults(string place, Func<string, byte[]?> read, string remedy) =>
        (this.place, this.read, this.remedy) = (place, read, remedy);

    /// <summary>What made the results, and what they are.</summary>
    /// <exception cref="PipelineException">The file is missing or damaged.</exception>
    public Manifest Manifest => field ??= Read(ResultFiles.Manifest, bytes => Manifest.Read(bytes));

    /// <summary><c>runs.csv</c>, a row a run.</summary>
    /// <exception cref="PipelineException">The file is missing or damaged.</exception>
    public DataFrame Runs =>
        field ??= Read(ResultFiles.Runs, bytes => TableFrame.Read(bytes, TableColumns.Runs, _ => null));

    /// <summary><c>cells.csv</c>, a row a cell.</summary>
    /// <exception cref="PipelineException">The file, or <c>runs.csv</c>, is missing or damaged.</exception>
    public DataFrame Cells => field ??= Table(ResultFiles.Cells, TableColumns.Cells);

    /// <summary><c>claims.csv</c>, a row a claim; no rows where the study claims nothing.</summary>
    /// <exception cref="PipelineException">The file is damaged, or missing although the manifest has it.</exception>
    public DataFrame Claims => field ??= TableOrNone(ResultFiles.Claims, TableColumns.Claims);

    /// <summary><c>layers.csv</c>, what probes measured; no rows, and no axes, where the study has no probes.</summary>
    /// <exception cref="PipelineException">The file, or <c>runs.csv</c>, is damaged, or missing although the manifest has it.</exception>
    public DataFrame Layers => field ??= TableOrNone(LayersName, TableColumns.Layers);

    /// <summary>The results in a folder, such as <c>results/zig-zag</c>.</summary>
    /// <param name="folder">The folder.</param>
    public static StudyResults Open(string folder) => Open(folder, folder);

    /// <summary>The results in a folder that error messages call otherwise.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shown">What error messages call it.</param>
    public static StudyResults Open(string folder, string shown)
    {
        var place = $"{shown.TrimEnd('/')}/";
        return new(place, name => Bytes(Path.Combine(folder, name), place + name), Rewrite);
    }

    /// <summary>Results that are at hand, such as those of a revision.</summary>
    /// <param name="place">What error messages write before a file's name.</param>
    /// <param name="files">Bytes by name.</param>
    public static StudyResults Of(string place, IReadOnlyDictionary<string, byte[]> files) =>
        new(place, name => files.GetValueOrDefault(name), $"{Rewrite}, or name other studies with --experiment=<name>");

    /// <summary>Whether a file is there.</summary>
    /// <exception cref="PipelineException">It can't be read.</exception>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether the report was without a file: it is not there, and the manifest doesn't have it.</summary>
    /// <exception cref="PipelineException">It or the manifest can't be read.</exception>
    public bool IsWithout(string name) => !Has(name) && !Manifest.Files.ContainsKey(name);

    /// <summary>Whether a file is there, but not as the manifest has it.</summary>
    /// <exception cref="PipelineException">It or the manifest can't be read.</exception>
    public bool IsEdited(string name) => Find(name) is { } bytes && Manifest.IsEdited(name, bytes);

    /// <summary>The bytes of a file; null where it isn't there.</summary>
    /// <exception cref="PipelineException">It can't be read.</exception>
    public byte[]? Find(string name)
    {
        if (!files.TryGetValue(name, out var bytes))
            files.Add(name, bytes = read(name));
        return bytes;
    }

    /// <summary>What a file holds.</summary>
    /// <exception cref="PipelineException">It is missing or damaged.</exception>
    public T Read<T>(string name, Func<byte[], T> parse)
    {
        var bytes = Find(name) ?? throw new PipelineException($"{place}{name} is missing: {remedy}.");
        try
        {
            return parse(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new PipelineException($"{place}{name}: {e.Message}", e);
        }
    }

    private DataFrame Table(string name, TableColumns columns) =>
        Read(name, bytes => TableFrame.Read(bytes, columns, TypeOfAxis));

    private DataFrame TableOrNone(string name, TableColumns columns) =>
        IsWithout(name) ? TableFrame.Empty(columns) : Table(name, columns);

    private ColumnType? TypeOfAxis(string axis) =>
        Runs.Columns.IndexOf(axis) is >= 0 and var index ? TableFrame.TypeOf(Runs.Columns[index]) : null;

    private static byte[]? Bytes(string path, string shown)
    {
        try
        {
            return RegularFile.IsOther(path) ? throw new IOException("it is no file") : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                $"{shown} can't be read ({e.Message.TrimEnd('.')}): make it readable, or write it again with --target=Report.",
                e
            );
        }
    }
}
