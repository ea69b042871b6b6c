using System.Runtime.ExceptionServices;
using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Stages.Expand;

namespace Pipeline.Commands;

/// <summary>Finds runs by their ids.</summary>
/// <param name="session">What the command asks for.</param>
public sealed class RunSearch(Session session)
{
    /// <summary>
    /// A run in the flow of each study that it is part of: of those that the command names, or those in <c>experiments/</c>, or where none
    /// of them has it those of the last commands. A study that can't be read is in nobody's way who didn't name it and whose run is in
    /// another.
    /// </summary>
    /// <param name="id">The run's id, or the beginning of just one run's.</param>
    /// <param name="mode">Whether stages are computed.</param>
    /// <exception cref="StudyException">No study has such a run, but one can't be read; or one that is named can't.</exception>
    /// <exception cref="PipelineException">No study has such a run, or several have.</exception>
    internal IReadOnlyList<(StudyFlow Flow, PlannedRun Run)> Find(string id, Mode mode)
    {
        var options = session.Options;
        var isNamed = options.Experiments.Count > 0;
        var paths = isNamed ? Studies.Named(options) : Studies.All(options.Root);
        var broken = new List<Exception>();
        var found = paths.SelectMany(path => RunsOf(id, new(path, options.Only, options.Set), mode, broken)).ToList();
        if (found.Count == 0 && !isNamed && options.Only.Count + options.Set.Count == 0)
            found = [.. new RecentStudies(options.Root).Read().SelectMany(study => RunsOf(id, study, mode, []))];
        // One that is named is wanted; else it may be a run of that study.
        if (broken is [var error, ..] && (isNamed || found.Count == 0))
            ExceptionDispatchInfo.Throw(error);
        var ids = found.Select(f => f.Run.Id).Distinct(StringComparer.Ordinal).ToList();
        return ids.Count == 1
            ? found
            : throw new PipelineException(
                ids.Count == 0
                    ? $"No run '{id}' is part of {string.Join(", ", options.Experiments.DefaultIfEmpty("a study in experiments/ or of the last commands"))}: "
                        + "take an id from the first column of a runs.csv, and give --experiment, --only and --set as they were."
                    : $"'{id}' is the beginning of {ids.Count} runs' ids "
                        + $"({string.Join(", ", ids.Take(5))}{(ids.Count > 5 ? ", …" : "")}): give more of it."
            );
    }

    private IEnumerable<(StudyFlow Flow, PlannedRun Run)> RunsOf(
        string id,
        RecentStudy study,
        Mode mode,
        List<Exception> broken
    )
    {
        try
        {
            return [.. RunsOf(id, session.Flow(study.Path, study.Overrides, mode))];
        }
        catch (Exception e) when (e is StudyException or PipelineException)
        {
            broken.Add(e);
            return [];
        }
    }

    private static IEnumerable<(StudyFlow Flow, PlannedRun Run)> RunsOf(string id, StudyFlow flow) =>
        flow
            .Plan.WithSeeds(flow.Plan.Seeds)
            .Runs()
            .Where(run => run.Id.StartsWith(id, StringComparison.Ordinal))
            .Select(run => (flow, run));
}
