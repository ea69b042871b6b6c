using Pipeline.Artifacts;
using Pipeline.Results;

namespace Pipeline.Diff;

/// <summary>The results of a study as a commit, or the working tree, has them.</summary>
/// <param name="Id">The beginning of the commit's name, or <c>working tree</c>.</param>
/// <param name="Date">The day of the commit; empty for the working tree.</param>
/// <param name="Subject">The first line of its message; empty for the working tree.</param>
/// <param name="Study">What the files record; null where they can't be read.</param>
/// <param name="Unreadable">Why they can't, a sentence; null where they can.</param>
internal sealed record ResultVersion(string Id, string Date, string Subject, RecordedStudy? Study, string? Unreadable)
{
    /// <summary>The versions of a study, the oldest first; those whose tables are what they were before are left out.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="name">The study's name.</param>
    /// <param name="working">The folder of its results in the working tree.</param>
    public static IReadOnlyList<ResultVersion> Of(GitRepository repository, string name, string working)
    {
        var folder = $"results/{name}";
        var versions = new List<ResultVersion>();
        StudyResults? before = null;
        foreach (var commit in repository.Touching(folder))
        {
            if (repository.Files(commit.Id, folder) is { } files)
                Add(GitRepository.Short(commit.Id), commit.Date, commit.Subject, files);
        }
        if (DiffSide.Read(working) is { } now)
            Add("working tree", "", "", now);
        return versions;

        void Add(string id, string date, string subject, IReadOnlyDictionary<string, byte[]> files)
        {
            var results = StudyResults.Of($"{id}:{folder}/", files);
            if (before?.HasTablesOf(results) is true)
                return;
            before = results;
            versions.Add(Read(id, date, subject, name, results));
        }
    }

    private static ResultVersion Read(string id, string date, string subject, string name, StudyResults results)
    {
        try
        {
            return new(id, date, subject, RecordedStudy.Read(name, results), null);
        }
        catch (PipelineException e)
        {
            return new(id, date, subject, null, e.Message);
        }
    }
}
