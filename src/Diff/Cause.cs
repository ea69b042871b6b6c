using Pipeline.Artifacts;

namespace Pipeline.Diff;

/// <summary>Something that made both results and differs between them, as their manifests record it.</summary>
/// <param name="Key">Its key in the manifests, such as <c>code:activation/relu</c>.</param>
/// <param name="Old">Its old digest or version; null where the old results didn't use it.</param>
/// <param name="Now">Its new digest or version; null where the new results don't use it.</param>
/// <param name="Commits">The commits between the two sides that touched it, the newest first.</param>
/// <param name="IsUncommitted">Whether a file of it has changes in the working tree that are not committed.</param>
/// <param name="Room">The assembly of an operation; null for other causes, and where no operation of its kind is left.</param>
internal sealed record Cause(
    string Key,
    string? Old,
    string? Now,
    IReadOnlyList<TouchingCommit> Commits,
    bool IsUncommitted,
    string? Room
)
{
    private const string Rooms = "Pipeline.";

    /// <summary>The kind of the operation that a key of a manifest stands for; null where it stands for something else.</summary>
    public static string? Kind(string key) =>
        Code(key) is { } code
        && Package(key) is null
        && code.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash
            ? code[..slash]
            : null;

    /// <summary>What a reader calls it: <c>operation activation/relu of Pipeline.Networks</c>.</summary>
    public string Title =>
        Key switch
        {
            ManifestEntry.Plan => "the plan of the study",
            _ when Data(Key) is { } data => $"data {data}",
            _ when Package(Key) is { } package => $"package {package}",
            _ when Backend(Key) is { } part => $"backend {part}",
            _ when Kind(Key) is not null => $"operation {Code(Key)}{(Room is null ? "" : $" of {Room}")}",
            _ => $"code {Code(Key)}",
        };

    /// <summary>Where it comes among causes: plan, data, operations, rooms, packages.</summary>
    public int Rank =>
        Key switch
        {
            ManifestEntry.Plan => 0,
            _ when Data(Key) is not null => 1,
            _ when Package(Key) is not null || Backend(Key) is not null => 4,
            _ when Kind(Key) is not null => 2,
            _ => 3,
        };

    /// <summary>Whether a file, by its path relative to the project, is part of what a key of a manifest stands for.</summary>
    /// <param name="key">The key.</param>
    /// <param name="studyFiles">The study's file and those that it extends.</param>
    /// <param name="path">The path, with '/' between folders.</param>
    public static bool IsTouched(string key, IReadOnlyCollection<string> studyFiles, string path)
    {
        if (key == ManifestEntry.Plan)
            return studyFiles.Contains(path, StringComparer.Ordinal);
        if (Data(key) is { } data)
            return IsOfData(data.Split('(')[0], path);
        if (Package(key) is not null)
            return path == "Directory.Packages.props" || path.EndsWith("/packages.lock.json", StringComparison.Ordinal);
        if (Code(key) is not { } code)
            return false;
        if (Kind(key) is { } kind)
            return IsOperation(kind, code[(kind.Length + 1)..], path);
        return code.StartsWith(Rooms, StringComparison.Ordinal)
            && path.StartsWith($"src/{code[Rooms.Length..].Replace('.', '/')}/", StringComparison.Ordinal);
    }

    private static string? Data(string key) => ManifestEntry.TryName(key, ManifestEntry.Data);

    private static string? Backend(string key) => ManifestEntry.TryName(key, ManifestEntry.Backend);

    private static string? Code(string key) => ManifestEntry.TryName(key, ManifestEntry.Code);

    private static string? Package(string key) =>
        Code(key) is { } code ? ManifestEntry.TryName(code, ManifestEntry.Package) : null;

    // wine is wine_data.csv and wine.yaml, or a folder, but not wine-quality.csv.
    private static bool IsOfData(string name, string path)
    {
        var start = $"experiments/data/{name}";
        return path.StartsWith(start, StringComparison.Ordinal)
            && (path.Length == start.Length || path[start.Length] is '.' or '_' or '/');
    }

    // An operation's file is called as its type, which is its name without underscores, mostly with its kind behind it,
    // and stands in its kind's folder or below: src/Networks/Initializers/HeNormalInitializer.cs; of a type in parts
    // there is src/Networks/Normalizations/LayerNormalization.Rows.cs too.
    private static bool IsOperation(string kind, string name, string path)
    {
        var parts = path.Split('/');
        var type = parts[^1].Split('.')[0];
        var plain = name.Replace("_", "", StringComparison.Ordinal);
        return parts[0] == "src"
            && path.EndsWith(".cs", StringComparison.Ordinal)
            && (
                type.Equals(plain, StringComparison.OrdinalIgnoreCase)
                || type.Equals(plain + kind, StringComparison.OrdinalIgnoreCase)
            )
            && parts.SkipLast(1).Any(folder => folder.StartsWith(kind, StringComparison.OrdinalIgnoreCase));
    }
}
