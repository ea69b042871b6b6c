using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Flow;

namespace Pipeline.Commands;

/// <summary>
/// Goes through the flow of the command's studies, task by task. What a task needs is made sure of first, and
/// nothing is done twice, so that the tasks may come in any order. What the user can mend ends in an exception
/// whose message is one sentence.
/// </summary>
/// <param name="session">What the command asks for.</param>
/// <param name="executor">Who trains runs.</param>
/// <param name="cluster">What is done otherwise as they are trained on a cluster; null where they aren't.</param>
public sealed class FlowCommand(Session session, IExecutor executor, Cluster? cluster = null)
{
    /// <summary>What a command says that was asked to end before it was done.</summary>
    public const string Interrupted =
        "Interrupted: finished runs are kept, and so is how far others were; the same command goes on from there.";

    private bool TrainsAnew => session.Options is { Force: true, Goal: Goal.Train };

    // What is done again, or not kept, begins anew.
    private PipelineException WasInterrupted(OperationCanceledException cause) =>
        new(
            session.Options switch
            {
                { CacheIsReadOnly: true } => "Interrupted: nothing was kept, as the cache is only read.",
                _ when TrainsAnew =>
                    "Interrupted: finished runs are kept; with --force the same command does them again, without it only what the cache lacks.",
                _ => Interrupted,
            },
            cause
        );

    // Commands of different code may never agree on what is stale.
    private const int MostLooks = 5;

    private readonly Lazy<IReadOnlyList<StudyFlow>> flows = new(() => FlowsOf(session, Mode.Run));

    // Whether what follows is left to a cluster.
    private bool isLeft;

    /// <summary>Reads, splits and transforms the data sets.</summary>
    public void Preprocess()
    {
        if (cluster is not null)
            PrepareThere(cluster);
        if (isLeft)
            return;
        try
        {
            foreach (var flow in flows.Value)
            {
                RequireTime();
                RowCheck.Require(flow);
                flow.PrepareData();
            }
        }
        catch (OperationCanceledException e)
        {
            throw WasInterrupted(e);
        }
    }

    /// <summary>
    /// Trains the runs whose results are not cached. A failed run ends the command after those of all
    /// studies, or at once with --fail-fast.
    /// </summary>
    /// <exception cref="PipelineException">A run failed, or the command was interrupted; finished runs are kept.</exception>
    public void Train()
    {
        if (isLeft)
            return;
        try
        {
            if (cluster is not null)
                BeginRuns();
            if (isLeft)
                return;
            foreach (var flow in flows.Value)
                flow.TrainRuns(executor);
        }
        catch (OperationCanceledException e)
        {
            throw WasInterrupted(e);
        }
        finally
        {
            if (flows.IsValueCreated)
                session.Output.WriteLine(flows.Value.Select(flow => flow.TrainCounts).Aggregate((x, y) => x + y));
        }
        var failures = flows.Value.SelectMany(flow => flow.Failures).ToList();
        if (failures.Count > 0)
            throw new PipelineException(FailedRun.Told(flows.Value.Sum(flow => flow.RunCount), failures));
    }

    /// <summary>Makes the tables.</summary>
    /// <exception cref="PipelineException">The command was interrupted; what is finished is kept.</exception>
    public void Aggregate()
    {
        if (isLeft)
            return;
        foreach (var flow in flows.Value)
        {
            RequireTime();
            flow.MakeTables();
        }
    }

    /// <summary>Writes the reports, the index of the folder that they stand in, and the page of all studies of the command.</summary>
    /// <exception cref="PipelineException">The command was interrupted; what is finished is kept.</exception>
    public void Report()
    {
        if (isLeft)
            return;
        var reports = new List<ReportOutputs>();
        foreach (var flow in flows.Value)
        {
            RequireTime();
            var report =
                flow.MakeReport() ?? throw new InvalidOperationException("A report can't be written in a plan.");
            var changed = ResultsFolder.Install(
                flow.ResultsFolder,
                report.Files,
                ResultsFolder.FormerFiles(flow.ResultsFolder)
            );
            flow.Finish(report);
            reports.Add(report);
            var folder = session.Shown(flow.ResultsFolder);
            session.Output.WriteLine(
                changed.Count == 0
                    ? $"report: {folder} is up to date"
                    : $"report: {folder}: {string.Join(", ", changed)}"
            );
        }
        NoteClone();
        var index = new ResultsIndex(session);
        foreach (var root in flows.Value.GroupBy(flow => flow.ResultsRoot, StringComparer.Ordinal))
        {
            // Looked at again once it is written: another command may have put a study there, and written its index before, meanwhile.
            var isNew = false;
            for (
                var look = 0;
                look < MostLooks && ResultsFolder.Install(root.Key, index.Index(root.Key, root), []).Count > 0;
                look++
            )
                isNew = true;
            if (isNew)
                session.Output.WriteLine($"report: {session.Shown(ResultsIndex.PathIn(root.Key))}");
        }
        if (ResultsFolder.Install(index.PageFolder, ResultsIndex.Page(reports), [], option: null).Count > 0)
            session.Output.WriteLine($"report: {session.Shown(index.PagePath)}");
        if (session.Options.Open)
            session.Output.WriteLine($"report: {new Uri(index.PagePath).AbsoluteUri}");
    }

    private void PrepareThere(Cluster there)
    {
        try
        {
            if (ArePrepared())
                return;
            FetchData();
            isLeft = there.Prepare(ArePrepared, session.Cancellation);
        }
        catch (OperationCanceledException e)
        {
            throw WasInterrupted(e);
        }
    }

    // All studies at once, since they needn't wait for each other there.
    private void BeginRuns()
    {
        foreach (var flow in flows.Value)
            flow.BeginRuns(executor);
        if (!cluster!.IsDetached || flows.Value.All(flow => flow.MissingRuns().Count == 0))
            return;
        isLeft = true;
        session.Output.WriteLine(
            TrainsAnew
                ? "The runs are left to the cluster, and their results take the place of those in the cache: squeue tells how they are."
                : "The runs are left to the cluster: --target=Status tells how they are, and the same command without --detach waits for them."
        );
    }

    // In a plan nothing is prepared here.
    private bool ArePrepared() => FlowsOf(session, Mode.Plan).All(flow => flow.IsFinished || flow.AreDataPrepared());

    // Nodes of a cluster may have no way to where data sets are published.
    private void FetchData()
    {
        foreach (
            var name in flows
                .Value.SelectMany(flow => StudyOperations.DataSets(flow.Plan))
                .Distinct(StringComparer.Ordinal)
        )
            session.Library.Find(name).Locate();
    }

    private void RequireTime()
    {
        if (session.Cancellation.IsCancellationRequested)
            throw WasInterrupted(new(session.Cancellation));
    }

    // What results/ rests on is kept when the cache is cleaned, from whatever clone.
    private void NoteClone()
    {
        var results = Path.Combine(session.Options.Root, "results");
        var done = flows.Value.Where(flow => flow.FinishedKey is not null && flow.ResultsRoot == results).ToArray();
        if (done.Length > 0)
            session
                .Cache.Clones()
                ?.Note(
                    session.Options.Root,
                    done.ToDictionary(flow => flow.Plan.Study, flow => flow.FinishedKey!, StringComparer.Ordinal)
                );
    }

    /// <summary>The flows of the command's studies; those of which all is done already need no look at their stages.</summary>
    internal static IReadOnlyList<StudyFlow> FlowsOf(Session session, Mode mode)
    {
        var flows = session.Flows(mode);
        if (mode == Mode.Run)
            new RecentStudies(session.Options.Root).Note(session);
        foreach (var flow in flows)
            ResultsIndex.RequireOurs(session.Options, flow);
        if (session.Options.Devices is { } devices && !flows.Any(flow => flow.Plan.HasOtherBackend()))
            throw new PipelineException(
                $"{devices} is for runs of the backend torch, and no run here has it: add --backend=torch, or leave {devices} away."
            );
        if (session.Options is { Goal: Goal.Report, Force: false })
        {
            foreach (var flow in flows)
                flow.LookForFinished();
        }
        return flows;
    }
}
