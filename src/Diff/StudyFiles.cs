using Pipeline.Artifacts;
using Pipeline.Results;

namespace Pipeline.Diff;

/// <summary>The files of one study's results.</summary>
/// <param name="place">What error messages write before a file's name.</param>
/// <param name="files">Bytes by name.</param>
internal sealed class StudyFiles(string place, IReadOnlyDictionary<string, byte[]> files)
{
    private static readonly string[] Tables = [ResultFiles.Runs, ResultFiles.Cells, ResultFiles.Claims];

    /// <summary>What made the results, and what they are; null where there is no manifest.</summary>
    /// <exception cref="PipelineException">It is damaged.</exception>
    public Manifest? Manifest { get; } =
        files.ContainsKey(ResultFiles.Manifest)
            ? Parsed(place, ResultFiles.Manifest, files, bytes => Manifest.Read(bytes))
            : null;

    /// <summary>Whether files of these names are a study's results.</summary>
    public static bool AreAStudys(IEnumerable<string> names) =>
        names.Any(name => name is ResultFiles.Runs or ResultFiles.Manifest);

    /// <summary>The names of the files that differ, of those that a report consists of.</summary>
    public IReadOnlyList<string> Differing(StudyFiles other)
    {
        var names = new SortedSet<string>(
            [.. Tables, ResultFiles.Manifest, .. Reported, .. other.Reported],
            StringComparer.Ordinal
        );
        return [.. names.Where(name => !Equal(Bytes(name), other.Bytes(name)))];
    }

    /// <summary>Whether a file is there.</summary>
    public bool Has(string name) => files.ContainsKey(name);

    /// <summary>Whether a file is there, but not as the manifest has it.</summary>
    public bool IsEdited(string name) =>
        Manifest is not null && Bytes(name) is { } bytes && Manifest.IsEdited(name, bytes);

    /// <summary>What a file holds.</summary>
    /// <exception cref="PipelineException">It is missing or damaged.</exception>
    public T Read<T>(string name, Func<byte[], T> read) => Parsed(place, name, files, read);

    private IEnumerable<string> Reported => Manifest?.Files.Keys ?? [];

    private byte[]? Bytes(string name) => files.GetValueOrDefault(name);

    private static bool Equal(byte[]? x, byte[]? y) => x is null || y is null ? x == y : x.AsSpan().SequenceEqual(y);

    private static T Parsed<T>(
        string place,
        string name,
        IReadOnlyDictionary<string, byte[]> files,
        Func<byte[], T> read
    )
    {
        if (!files.TryGetValue(name, out var bytes))
            throw new PipelineException(
                $"{place}{name} is missing: write it with --target=Report, or name other studies with --experiment=<name>."
            );
        try
        {
            return read(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new PipelineException($"{place}{name}: {e.Message}", e);
        }
    }
}
