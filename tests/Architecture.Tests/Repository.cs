using System.Xml.Linq;

namespace Pipeline.Architecture.Tests;

/// <summary>The project's own files, as they stand on disk.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project below src and build: its path without extension, such as <c>src/Stages/Train/Train</c>.</summary>
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. new[] { "src", "build" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories)
            )
            .Select(Relative)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The projects that one references directly; generators are left out, and what is referenced on a condition.</summary>
    public static IReadOnlyList<string> References(string project) =>
        [
            .. XDocument
                .Load(Path.Combine(Root, project))
                .Descendants("ProjectReference")
                .Where(reference =>
                    (string?)reference.Attribute("ReferenceOutputAssembly") != "false"
                    && reference.Attribute("Condition") is null
                )
                .Select(reference =>
                    Relative(
                        Path.GetFullPath(
                            Path.Combine(Root, Path.GetDirectoryName(project)!, (string)reference.Attribute("Include")!)
                        )
                    )
                ),
        ];

    /// <summary>A project and all that it references, directly or not.</summary>
    public static IReadOnlySet<string> Closure(string project)
    {
        var closure = new HashSet<string>(StringComparer.Ordinal);
        void Add(string next)
        {
            if (closure.Add(next))
                References(next).ToList().ForEach(Add);
        }
        Add(project);
        return closure;
    }

    /// <summary>The C# files below a folder, without what builds leave behind.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(Relative)
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
                return folder.FullName;
        }
        return Environment.GetEnvironmentVariable("PIPELINE_ROOT")
            ?? throw new InvalidOperationException("Run the tests from within the repository.");
    }
}
