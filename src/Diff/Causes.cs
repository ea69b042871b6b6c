using Pipeline.Flow;
using Pipeline.Results;
using Pipeline.Stages.Expand;

namespace Pipeline.Diff;

/// <summary>Finds out why results differ: what their manifests say made them, and which commits touched that.</summary>
/// <param name="root">The project's folder.</param>
/// <param name="repository">The repository; null where neither side needed one.</param>
/// <param name="from">The old side.</param>
/// <param name="to">The new side.</param>
/// <param name="rooms">The assembly of each kind of catalogue operation.</param>
internal sealed class Causes(
    string root,
    GitRepository? repository,
    DiffSide from,
    DiffSide to,
    IReadOnlyDictionary<string, string> rooms
)
{
    private readonly Lazy<IReadOnlyList<TouchingCommit>> commits = new(() =>
        repository is not null && from.Commit is { } old && to.Commit is { } now ? repository.Between(old, now) : []
    );

    /// <summary>What made the two results of a study and differs; null where a manifest is missing, so that nobody knows.</summary>
    public IReadOnlyList<Cause>? Of(string study, StudyResults old, StudyResults now)
    {
        if (old.ManifestIfAny?.Provenance is not { } before || now.ManifestIfAny?.Provenance is not { } after)
            return null;
        var studyFiles = new Lazy<IReadOnlyCollection<string>>(() => StudyFiles(study));
        return
        [
            .. before
                .Keys.Union(after.Keys, StringComparer.Ordinal)
                .Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key))
                .Select(key => new Cause(
                    key,
                    before.GetValueOrDefault(key),
                    after.GetValueOrDefault(key),
                    [
                        .. commits.Value.Where(commit =>
                            commit.Paths.Any(path => Cause.IsTouched(key, studyFiles.Value, path))
                        ),
                    ],
                    to.IsWorkingTree
                        && repository!.Uncommitted.Any(path => Cause.IsTouched(key, studyFiles.Value, path)),
                    Cause.Kind(key) is { } kind ? rooms.GetValueOrDefault(kind) : null
                ))
                .OrderBy(cause => cause.Rank)
                .ThenBy(cause => cause.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>The study's file and those that it extends now, relative to the project.</summary>
    private IReadOnlyCollection<string> StudyFiles(string study)
    {
        var path = Studies.Of(root, study);
        try
        {
            return [.. StudySource.Load(path).Paths.Select(Relative)];
        }
        catch (StudyException)
        {
            // What it extends can't be told: it was deleted since, or is wrong now.
            return [Relative(path)];
        }
    }

    private string Relative(string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
}
