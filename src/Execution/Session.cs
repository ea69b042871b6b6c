using Pipeline.Caching;
using Pipeline.Stages.Expand;

namespace Pipeline.Execution;

/// <summary>
/// Does what a command asks for, stage by stage. What a stage needs is made sure of first, and nothing is done twice in a session, so that
/// a command's tasks may come in any order. What the user can mend ends in an exception whose message is one sentence.
/// </summary>
public sealed partial class Session
{
    private readonly PipelineOptions options;
    private readonly TextWriter output;
    private readonly CancellationToken cancellation;
    private readonly DirectoryCache cache;
    private readonly StageCode code = new();
    private readonly Lazy<IReadOnlyList<StudyGraph>> graphs;

    /// <summary>Starts a session; nothing is read or written yet.</summary>
    /// <param name="options">What the command asks for.</param>
    /// <param name="output">Where to tell what happens.</param>
    /// <param name="cancellation">Ends the session early; what is finished stays.</param>
    public Session(PipelineOptions options, TextWriter output, CancellationToken cancellation)
    {
        this.options = options;
        this.output = output;
        this.cancellation = cancellation;
        cache = options.CacheIsReadOnly
            ? DirectoryCache.ReadOnly(options.Cache, Path.Combine(options.Root, "artifacts", "scratch"), output.WriteLine, TimeProvider.System)
            : new DirectoryCache(options.Cache, output.WriteLine, TimeProvider.System);
        graphs = new(() => Graphs(dryRun: false));
    }

    /// <summary>Tells what would run and why.</summary>
    public void Plan()
    {
        var total = new PlanCounts(0, 0, 0);
        foreach (var graph in Graphs(dryRun: true))
            total += graph.Tell();
        output.WriteLine(total);
    }

    /// <summary>Reads, splits and transforms the data sets.</summary>
    public void Preprocess()
    {
        foreach (var graph in graphs.Value)
            graph.Preprocess();
    }

    /// <summary>Trains the runs whose results are not cached.</summary>
    public void Train()
    {
        var total = new TrainCounts(0, 0, 0, 0);
        foreach (var graph in graphs.Value)
            total += graph.Train();
        output.WriteLine(total);
    }

    /// <summary>Makes the tables.</summary>
    public void Aggregate()
    {
        foreach (var graph in graphs.Value)
            graph.Aggregate();
    }

    /// <summary>Writes the reports and the index of the folder that they stand in.</summary>
    public void Report()
    {
        foreach (var graph in graphs.Value)
        {
            var changed = graph.Report();
            var folder = Studies.Shown(options.Root, graph.ResultsFolder);
            output.WriteLine(changed.Count == 0 ? $"report: {folder} is up to date" : $"report: {folder}: {string.Join(", ", changed)}");
        }
        foreach (var root in graphs.Value.GroupBy(graph => graph.ResultsRoot, StringComparer.Ordinal))
            WriteIndex(root.Key, [.. root.Select(graph => graph.Plan.Study)]);
    }

    private IReadOnlyList<StudyGraph> Graphs(bool dryRun)
    {
        var paths = options.Experiments.Count > 0 ? Studies.Named(options) : Studies.All(options.Root);
        var overrides = new StudyOverrides(options.Only, options.Set);
        var all = paths.Select(path => Graph(path, overrides, dryRun));
        var wanted = (options.Experiments.Count > 0 ? all : all.Where(graph => graph.Plan.Default)).ToList();
        if (wanted.Count == 0)
            throw new PipelineException("No study in experiments/ is marked default: name one with --experiment=<name>.");
        if (!dryRun && options is { Goal: Goal.Report, Force: false })
            wanted.ForEach(graph => graph.LookForFinished());
        return wanted;
    }

    private StudyGraph Graph(string path, StudyOverrides overrides, bool dryRun)
    {
        var plan = Expand(path, overrides);
        var stages = new StageRunner(cache, plan.Study, dryRun, output);
        return new StudyGraph(plan, stages, code, DataSetLocator.For(options), options, output, cancellation);
    }
}
