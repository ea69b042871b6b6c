using Pipeline.Artifacts;
using Pipeline.Stages.Expand;

namespace Pipeline.Execution;

/// <content>Finds a run by its id.</content>
public sealed partial class Session
{
    /// <summary>A run in each of the studies that it is part of.</summary>
    /// <param name="id">The run's id, or the beginning of just one run's.</param>
    /// <param name="dryRun">Whether its study is only looked at.</param>
    /// <exception cref="PipelineException">No study has such a run, or several have.</exception>
    private List<(StudyGraph Graph, PlannedRun Run)> FindRun(string id, bool dryRun)
    {
        var paths = options.Experiments.Count > 0 ? Studies.Named(options) : Studies.All(options.Root);
        var found = paths
            .Select(path => Graph(path, new StudyOverrides(options.Only, options.Set), dryRun))
            .SelectMany(graph => graph.Plan.WithSeeds(graph.Plan.Seeds).Runs().Where(run => run.Id.StartsWith(id, StringComparison.Ordinal)).Select(run => (graph, run)))
            .ToList();
        var ids = found.Select(f => f.run.Id).Distinct(StringComparer.Ordinal).ToList();
        return ids.Count == 1 ? found : throw new PipelineException(ids.Count == 0
            ? $"No run '{id}' is part of {(options.Experiments.Count > 0 ? string.Join(", ", options.Experiments) : "a study in experiments/")}: take an id from the first column of a runs.csv, and give --only and --set as they were."
            : $"'{id}' is the beginning of {ids.Count} runs' ids ({string.Join(", ", ids.Take(5))}{(ids.Count > 5 ? ", …" : "")}): give more of it.");
    }
}
