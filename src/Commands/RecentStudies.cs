using System.Text.Json;
using Pipeline.Caching;
using Pipeline.Flow;
using Pipeline.Stages.Expand;

namespace Pipeline.Commands;

/// <summary>A study as a command ran it.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Only">What <c>--only</c> kept.</param>
/// <param name="Set">What <c>--set</c> changed.</param>
internal sealed record RecentStudy(string Path, IReadOnlyList<string> Only, IReadOnlyList<string> Set)
{
    /// <summary>What the command line changed.</summary>
    public StudyOverrides Overrides => new(Only, Set);
}

/// <summary>
/// The studies of the last commands that aren't those of <c>experiments/</c> as they are written: from elsewhere, or changed on the command
/// line. By them a run's id is enough to find it. Losing the file loses nothing else.
/// </summary>
/// <param name="root">The project's folder.</param>
internal sealed class RecentStudies(string root)
{
    private const int Most = 20;

    private readonly string path = Path.Combine(root, "artifacts", "recent.json");

    /// <summary>The studies, the last first; none where the file is missing or no longer what it was.</summary>
    public IReadOnlyList<RecentStudy> Read()
    {
        try
        {
            var all = JsonSerializer.Deserialize<List<RecentStudy?>>(File.ReadAllBytes(path)) ?? [];
            return
            [
                .. all.OfType<RecentStudy>().Where(study => study is { Path: not null, Only: not null, Set: not null }),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Remembers what a command runs.</summary>
    public void Note(Session session)
    {
        var (only, set) = (session.Options.Only, session.Options.Set);
        if (only.Count + set.Count + session.Options.Experiments.Count == 0)
            return;
        List<RecentStudy> now =
        [
            .. session
                .Paths()
                .Where(file => only.Count + set.Count > 0 || !Studies.IsOfProject(root, file))
                .Select(file => new RecentStudy(Path.GetFullPath(file), only, set)),
        ];
        if (now.Count == 0)
            return;
        var all = now.Concat(Read())
            .DistinctBy(study => JsonSerializer.Serialize(study), StringComparer.Ordinal)
            .Take(Most)
            .ToList();
        try
        {
            StagedFiles.Replace(path, JsonSerializer.SerializeToUtf8Bytes(all));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then ids are to be given with --experiment, --only and --set.
        }
    }
}
