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
    private readonly Lazy<DataSetLibrary> library;
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
        library = new(() => DataSetLibrary.For(options, DataSetLocator.For(options, output, cancellation)));
        vocabulary = new(() => StudyVocabulary.Create(library.Value));
        graphs = new(() => Graphs(dryRun: false));
    }

    /// <summary>Tells what would run and why.</summary>
    public void Plan()
    {
        var total = new PlanCounts(0, 0, 0);
        var all = Graphs(dryRun: true);
        foreach (var graph in all)
            total += graph.Tell();
        foreach (var root in all.GroupBy(graph => graph.ResultsRoot, StringComparer.Ordinal).Where(root => root.All(graph => graph.IsReported)))
        {
            if (ResultsFolder.Differing(root.Key, Index(root)).Count == 0)
                continue;
            output.WriteLine($"{Studies.Shown(options.Root, Path.Combine(root.Key, IndexFile))}: differs from what stands in its folder");
            total += new PlanCounts(0, 0, 1);
        }
        if (all.All(graph => graph.IsReported) && ResultsFolder.Differing(PageFolder, Page(all)).Count > 0)
        {
            output.WriteLine($"{Studies.Shown(options.Root, PagePath)}: is missing, or differs from what the reports make of it");
            total += new PlanCounts(0, 0, 1);
        }
        output.WriteLine(total);
    }

    /// <summary>Reads, splits and transforms the data sets.</summary>
    public void Preprocess()
    {
        foreach (var graph in graphs.Value)
            graph.Preprocess();
    }

    /// <summary>Trains the runs whose results are not cached. A failed run ends the command after those of all studies, or at once with --fail-fast.</summary>
    /// <exception cref="PipelineException">A run failed, or the command was interrupted; finished runs are kept.</exception>
    public void Train()
    {
        try
        {
            foreach (var graph in graphs.Value)
                graph.Train();
        }
        catch (OperationCanceledException e)
        {
            throw new PipelineException("Interrupted: finished runs are kept, and the same command goes on from there.", e);
        }
        finally
        {
            if (graphs.IsValueCreated)
                output.WriteLine(graphs.Value.Select(graph => graph.TrainCounts).Aggregate((x, y) => x + y));
        }
        RequireNoFailures();
    }

    /// <summary>Makes the tables.</summary>
    public void Aggregate()
    {
        foreach (var graph in graphs.Value)
            graph.Aggregate();
    }

    /// <summary>Writes the reports, the index of the folder that they stand in, and the page of all studies of the command.</summary>
    public void Report()
    {
        foreach (var graph in graphs.Value)
        {
            var changed = graph.Report();
            var folder = Studies.Shown(options.Root, graph.ResultsFolder);
            output.WriteLine(changed.Count == 0 ? $"report: {folder} is up to date" : $"report: {folder}: {string.Join(", ", changed)}");
        }
        foreach (var root in graphs.Value.GroupBy(graph => graph.ResultsRoot, StringComparer.Ordinal))
        {
            if (ResultsFolder.Install(root.Key, Index(root), []).Count > 0)
                output.WriteLine($"report: {Studies.Shown(options.Root, Path.Combine(root.Key, IndexFile))}");
        }
        WritePage();
    }

    private void RequireNoFailures()
    {
        var failures = graphs.Value.SelectMany(graph => graph.Failures).ToList();
        if (failures.Count > 0)
            throw new PipelineException($"{failures.Count} of {graphs.Value.Sum(graph => graph.RunCount)} runs failed; the first: {failures[0]}");
    }

    private IReadOnlyList<StudyGraph> Graphs(bool dryRun)
    {
        // Whether a study is default is asked of the whole study: overrides need not fit those that aren't.
        var paths = options.Experiments.Count > 0
            ? Studies.Named(options)
            : [.. Studies.All(options.Root).Where(path => Expand(path, StudyOverrides.None).Default)];
        var overrides = new StudyOverrides(options.Only, options.Set);
        var wanted = paths.Select(path => Graph(path, overrides, dryRun)).ToList();
        if (wanted.Count == 0)
            throw new PipelineException("No study in experiments/ is marked default: name one with --experiment=<name>.");
        wanted.ForEach(graph => RequireOurs(graph.ResultsRoot));
        if (!dryRun && options is { Goal: Goal.Report, Force: false })
            wanted.ForEach(graph => graph.LookForFinished());
        return wanted;
    }

    private StudyGraph Graph(string path, StudyOverrides overrides, bool dryRun)
    {
        // A study from elsewhere may bear the name of one of the project's: its results stand apart.
        var plan = Expand(path, overrides);
        plan = plan with { Partial = plan.Partial || !Studies.IsOfProject(options.Root, path) };
        var stages = new StageRunner(cache, plan.Partial ? plan.Study + ".part" : plan.Study, dryRun, output);
        return new StudyGraph(plan, stages, code, library.Value, options, output, cancellation);
    }
}
