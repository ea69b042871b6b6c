using System.Reflection;

namespace Pipeline.Docs.Tests;

/// <summary>The files of the project, as they stand on disk.</summary>
internal static class Documents
{
    private static readonly string[] Foreign = ["artifacts", "bin", "obj"];

    public static string Root { get; } =
        typeof(Documents)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "Root")
            .Value!;

    /// <summary>Every README.md, by its path from the root.</summary>
    public static IReadOnlyList<string> Readmes { get; } = [.. Find(Root, "README.md").Order(StringComparer.Ordinal)];

    /// <summary>Those that people write: all but the reports.</summary>
    public static IEnumerable<string> Written =>
        Readmes.Where(path => !path.StartsWith("results/", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>The files of a name's pattern below a folder, without what builds leave behind; paths from the root.</summary>
    public static IEnumerable<string> Find(string folder, string pattern)
    {
        var files = Directory
            .EnumerateFiles(folder, pattern)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'));
        var folders = Directory
            .EnumerateDirectories(folder)
            .Where(path =>
                Path.GetFileName(path) is var name && name[0] != '.' && !Foreign.Contains(name, StringComparer.Ordinal)
            );
        return files.Concat(folders.SelectMany(inner => Find(inner, pattern)));
    }
}
