using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Stages.Aggregate;
using Pipeline.Stages.Train;

namespace Pipeline.Execution;

/// <content>The runs: looked up and trained on all cores.</content>
internal sealed partial class StudyGraph
{
    private readonly IReadOnlyList<Axis> axes = plan.Axes();
    private readonly List<string> failures = [];
    private RunNode[]? runs;
    private int trained;

    private Plan? grown;

    /// <summary>The runs in the order of the plan, each looked up in the cache; with more seeds as far as results tell that they are needed.</summary>
    public IReadOnlyList<RunNode> Runs
    {
        get
        {
            if (runs is null)
            {
                runs = LookUp();
                while (Grow())
                {
                }
            }
            return runs;
        }
    }

    /// <summary>Prepares the data of every run.</summary>
    public void Preprocess()
    {
        if (finished is not null)
            return;
        foreach (var run in plan.Runs())
            Prepared(run.Spec);
    }

    /// <summary>The errors of the runs that failed, in the order in which they did.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>How the runs ended so far.</summary>
    public TrainCounts TrainCounts => finished is not null ? new(0, finished.Runs, finished.Diverged, 0)
        : runs is null ? new(0, 0, 0, 0)
        : new(trained, runs.Count(run => run.Result is not null) - trained, runs.Count(run => run.Result?.Outcome == RunOutcome.Diverged), failures.Count);

    /// <summary>How many runs there are, as far as results tell.</summary>
    public int RunCount => finished?.Runs ?? Grown.RunCount;

    /// <summary>The plan, with more seeds where claims turned out undecided.</summary>
    private Plan Grown => grown ?? plan;

    /// <summary>Trains the runs that are to do; a run's result is stored the moment it is done.</summary>
    /// <exception cref="PipelineException">A run failed, and --fail-fast was given; without it, failed runs are counted and the others trained.</exception>
    public void Train()
    {
        if (finished is not null)
            return;
        TrainMissing();
        for (var before = RunCount; Grow(); before = RunCount)
        {
            if (Runs.Count(run => run.Result is null) is > 0 and var more)
                output.WriteLine($"train: {plan.Study}: {more} more runs, with more seeds, as claims are undecided after {before}");
            TrainMissing();
        }
    }

    private void TrainMissing()
    {
        var todo = Runs.Where(run => run.Result is null).ToArray();
        stages.Tell("train", "runs", todo.Select(run => run.Reason!));
        TrainAll(todo);
    }

    /// <summary>Trains a run, whatever the cache has of it, and keeps the network; nothing is stored.</summary>
    /// <exception cref="Exception">What training throws.</exception>
    public (RunResult Result, TrainedNetwork? Network) TrainAgain(RunNode run)
    {
        using var data = PreparedData.Open(stages.PathOf(run.Data!));
        return Trainer.RunWithNetwork(Trainer.Reads(run.Run.Spec), data, cancellation);
    }

    /// <summary>
    /// Adds the runs with more seeds of cells on which a claim is undecided, once all runs are done; whether there were any.
    /// </summary>
    private bool Grow()
    {
        if (plan.AtLeast is null || runs!.Any(run => run.Result is null) || Aggregator.WithMoreSeeds(Grown, [.. runs!.Select(run => run.Result!)]) is not { } next)
            return false;
        grown = next;
        runs = LookUp();
        return true;
    }

    private RunNode[] LookUp()
    {
        var known = (runs ?? []).ToDictionary(run => (run.Run.Trial, run.Run.Seed));
        var planned = Grown.Runs().ToArray();
        var data = Array.ConvertAll(planned, run => Prepared(run.Spec));
        var nodes = new RunNode[planned.Length];
        LocalScheduler.Run(planned.Length, options.Jobs, i => nodes[i] = known.GetValueOrDefault((planned[i].Trial, planned[i].Seed)) ?? LookUp(planned[i], data[i]), cancellation);
        return nodes;
    }

    /// <summary>Looks a run up in the cache.</summary>
    public RunNode LookUp(PlannedRun run) => LookUp(run, Prepared(run.Spec));

    private RunNode LookUp(PlannedRun run, string? data)
    {
        var slot = $"train {string.Join(' ', axes.Select(axis => $"{axis.Key}={run.Spec[axis.Key]}"))} seed={run.Seed}";
        if (data is null)
            return new(run, slot) { Reason = "its data are still to be prepared" };
        var node = new RunNode(run, slot) { Data = data, Key = KeyOf(run, data) };
        if (stages.TryRead(slot, node.Key, Forced(Goal.Train), out var reason) is { } bytes)
            (node.Result, node.Digest) = (ArtifactEncoding.DecodeRunResult(bytes), Digest.Of(bytes));
        else
            node.Reason = reason;
        return node;
    }

    private StageKey KeyOf(PlannedRun run, string data) => new(
        "train",
        Trainer.Reads(run.Spec),
        KeyPart.Of([new("data", data)]),
        code.Train(StudyOperations.Train(run.Spec)));

    private void TrainAll(RunNode[] todo)
    {
        if (todo.Length == 0)
            return;
        var data = todo.Select(run => run.Data!).Distinct(StringComparer.Ordinal).ToDictionary(digest => digest, digest => PreparedData.Open(stages.PathOf(digest)), StringComparer.Ordinal);
        var progress = new TrainProgress(todo.Length, output);
        var writer = new ResultWriter();
        try
        {
            progress.Show(() =>
            {
                LocalScheduler.Run(todo.Length, options.Jobs, i => TrainOne(todo[i]), cancellation);
                writer.Finish();
            });
        }
        finally
        {
            writer.Dispose();
            stages.SaveHistory();
            foreach (var mapped in data.Values)
                mapped.Dispose();
        }

        void TrainOne(RunNode node)
        {
            RunResult result;
            try
            {
                result = Trainer.Run(Trainer.Reads(node.Run.Spec), data[node.Data!], cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                progress.Count(hasDiverged: false, hasFailed: true);
                var failure = $"run {node.Run.Id} of {plan.Study} ({node.Slot}): {e.Message}";
                lock (failures)
                    failures.Add(failure);
                if (options.FailFast)
                    throw new PipelineException($"A run failed: {failure}", e);
                return;
            }
            var bytes = ArtifactEncoding.Encode(result);
            writer.Add(() =>
            {
                node.Digest = stages.Store(node.Slot, node.Key!, bytes);
                node.Result = result;
                trained++;
                progress.Count(result.Outcome == RunOutcome.Diverged, hasFailed: false);
            });
        }
    }
}
