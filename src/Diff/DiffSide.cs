using System.Collections.ObjectModel;
using Pipeline.Artifacts;
using Pipeline.Results;

namespace Pipeline.Diff;

/// <summary>One of two results that are compared.</summary>
/// <param name="Name">What the reader calls it: a revision, a folder, the working tree.</param>
/// <param name="Commit">The commit that it is, or that the working tree rests on; null for a folder.</param>
/// <param name="IsWorkingTree">Whether it is what stands in the working tree.</param>
/// <param name="Place">What error messages write before <c>study/file</c>.</param>
/// <param name="Files">The studies' files with their bytes, by <c>study/file</c>; null where the folder is missing.</param>
internal sealed record DiffSide(
    string Name,
    string? Commit,
    bool IsWorkingTree,
    string Place,
    IReadOnlyDictionary<string, byte[]>? Files
)
{
    /// <summary>The files of each study, by name of study, then of file; what is not a study's is left out.</summary>
    public IReadOnlyDictionary<string, StudyResults> Studies { get; } = Group(Place, Files);

    /// <summary>The files of a folder of results, by path relative to it with '/' between folders; null where it is missing.</summary>
    /// <exception cref="PipelineException">A file can't be read.</exception>
    public static IReadOnlyDictionary<string, byte[]>? Read(string folder)
    {
        if (!Directory.Exists(folder))
            return null;
        try
        {
            // A study's files lie in its folder. What else is there, pipes and links to nowhere too, is not read.
            var paths = Directory.EnumerateDirectories(folder).Prepend(folder).SelectMany(Directory.EnumerateFiles);
            return paths
                .Where(RegularFile.Exists)
                .ToDictionary(
                    path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'),
                    File.ReadAllBytes,
                    StringComparer.Ordinal
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(
                $"The results in {folder} can't be read ({e.Message.TrimEnd('.')}): make them readable.",
                e
            );
        }
    }

    private static SortedDictionary<string, StudyResults> Group(
        string place,
        IReadOnlyDictionary<string, byte[]>? files
    )
    {
        var studies = new SortedDictionary<string, StudyResults>(StringComparer.Ordinal);
        foreach (
            var study in (files ?? ReadOnlyDictionary<string, byte[]>.Empty)
                .Where(file => file.Key.Contains('/', StringComparison.Ordinal))
                .GroupBy(file => file.Key[..file.Key.IndexOf('/', StringComparison.Ordinal)], StringComparer.Ordinal)
        )
        {
            var own = study.ToDictionary(
                file => file.Key[(study.Key.Length + 1)..],
                file => file.Value,
                StringComparer.Ordinal
            );
            if (own.ContainsKey(ResultFiles.Runs) || own.ContainsKey(ResultFiles.Manifest))
                studies[study.Key] = StudyResults.Of($"{place}{study.Key}/", own);
        }
        return studies;
    }
}
