using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Flow;

/// <summary>Finds the studies that a command asks for.</summary>
internal static class Studies
{
    private static readonly string[] Extensions = [".yaml", ".yml"];

    /// <summary>The files of the studies of the project, in ordinal order of their names.</summary>
    /// <exception cref="PipelineException">The folder is missing, or two files have one name.</exception>
    public static IReadOnlyList<string> All(string root)
    {
        var folder = Path.Combine(root, "experiments");
        return Directory.Exists(folder)
            ? OneOfEachName([
                .. Directory
                    .EnumerateFiles(folder)
                    // Editors keep their own beside the file that they edit.
                    .Where(path => Path.GetFileName(path)[0] != '.')
                    .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.Ordinal))
                    .Order(StringComparer.Ordinal),
            ])
            : throw new PipelineException($"{folder} is missing: start from a whole checkout of the project.");
    }

    /// <summary>The file of a study of the project; where there is none, what it would be called.</summary>
    public static string Of(string root, string name)
    {
        var paths = Extensions.Select(extension => Path.Combine(root, "experiments", name + extension)).ToList();
        return paths.Find(File.Exists) ?? paths[0];
    }

    /// <summary>The files that --experiment names, by name or path.</summary>
    /// <exception cref="PipelineException">There is no such study, or two of one name.</exception>
    public static IReadOnlyList<string> Named(PipelineOptions options)
    {
        var all = All(options.Root);
        return OneOfEachName([
            .. options
                .Experiments.Select(name => Find(name, all, options.CallerDirectory))
                .Distinct(StringComparer.Ordinal),
        ]);
    }

    private static IReadOnlyList<string> OneOfEachName(IReadOnlyList<string> files)
    {
        var names = files.GroupBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal);
        return names.FirstOrDefault(files => files.Count() > 1) is not { } twice
            ? files
            : throw new PipelineException(
                $"Two studies have the name {twice.Key}: {string.Join(" and ", twice)}; rename one, or run one after the other."
            );
    }

    /// <summary>Whether a study's file lies in the project's folder of studies.</summary>
    public static bool IsOfProject(string root, string path) =>
        Path.GetDirectoryName(Path.GetFullPath(path)) == Path.Combine(root, "experiments");

    /// <summary>A path as messages show it: relative where it lies below the project.</summary>
    public static string Shown(string root, string path)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? path : relative;
    }

    private static string Find(string name, IReadOnlyList<string> all, string callerDirectory)
    {
        string[] called = [name, .. Extensions.Select(end => name + end)];
        if (all.FirstOrDefault(path => called.Contains(Path.GetFileName(path), StringComparer.Ordinal)) is { } study)
            return study;
        var path = Path.GetFullPath(name, callerDirectory);
        if (File.Exists(path))
            return path;
        var nearest = Nearest.Of(name, [.. all.Select(p => Path.GetFileNameWithoutExtension(p)!)]);
        throw new PipelineException(
            $"There is no study '{name}'{(nearest is null ? "" : $"; the nearest is '{nearest}'")}: "
                + "give the name of a file in experiments/, or a path."
        );
    }
}
