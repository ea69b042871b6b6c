namespace Pipeline.Execution.Diff;

/// <summary>Finds out why results differ: what their manifests say made them, and which commits touched that.</summary>
/// <param name="root">The project's folder.</param>
/// <param name="repository">The repository; null where neither side needed one.</param>
/// <param name="from">The old side.</param>
/// <param name="to">The new side.</param>
internal sealed class Causes(string root, GitRepository? repository, DiffSide from, DiffSide to)
{
    private const string Extends = "extends:";
    private const int MostFiles = 16;

    private readonly Lazy<IReadOnlyList<TouchingCommit>> commits = new(() =>
        repository is not null && from.Commit is { } old && to.Commit is { } now ? repository.Between(old, now) : []);

    /// <summary>What made the two results of a study and differs; null where a manifest is missing, so that nobody knows.</summary>
    public IReadOnlyList<Cause>? Of(string study, StudyFiles old, StudyFiles now)
    {
        if (old.Manifest is not { } before || now.Manifest is not { } after)
            return null;
        var studyFiles = new Lazy<IReadOnlyCollection<string>>(() => StudyChain(study));
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal)
                .Where(key => Cause.IsCause(key) && before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
                .Select(key => new Cause(
                    key,
                    before.GetValueOrDefault(key),
                    after.GetValueOrDefault(key),
                    [.. commits.Value.Where(commit => commit.Paths.Any(path => Cause.IsTouched(key, studyFiles.Value, path)))],
                    to.IsWorkingTree && repository!.Uncommitted.Any(path => Cause.IsTouched(key, studyFiles.Value, path))))
                .OrderBy(cause => cause.Rank)
                .ThenBy(cause => cause.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The study's file and those that it extends now, relative to the project.</summary>
    private List<string> StudyChain(string study)
    {
        List<string> files = [$"experiments/{study}.yaml"];
        while (files.Count < MostFiles && Path.Combine(root, files[^1]) is var path && File.Exists(path))
        {
            if (File.ReadLines(path).FirstOrDefault(line => line.StartsWith(Extends, StringComparison.Ordinal)) is not { } line)
                break;
            var next = Path.Combine(Path.GetDirectoryName(path)!, line[Extends.Length..].Split(" #")[0].Trim(' ', '"', '\''));
            files.Add(Path.GetRelativePath(root, next).Replace(Path.DirectorySeparatorChar, '/'));
        }
        return files;
    }
}
