using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Progress;

namespace Pipeline.Flow;

/// <summary>The runs of a plan in its order, each looked up in the cache, and trained where an executor is given.</summary>
internal sealed class StudyRuns(Plan plan, IReadOnlyList<StudyRun> runs)
{
    /// <summary>The plan.</summary>
    public Plan Plan => plan;

    /// <summary>Its runs.</summary>
    public IReadOnlyList<StudyRun> All => runs;

    /// <summary>Those that are to do.</summary>
    public IReadOnlyList<StudyRun> Missing => [.. runs.Where(run => run.Result is null)];

    /// <summary>Whether none is to do.</summary>
    public bool AreDone => runs.All(run => run.Result is not null);

    /// <summary>The results of all; none may be to do.</summary>
    public IReadOnlyList<RunResult> Results => [.. runs.Select(run => run.Result!)];

    /// <summary>The digest over all results; null while a run is to do.</summary>
    public string? Digest => AreDone ? Artifacts.Digest.Of(string.Join('\n', runs.Select(run => run.Digest))) : null;

    /// <summary>How many diverged.</summary>
    public int Diverged => runs.Count(run => run.Result?.Outcome == RunOutcome.Diverged);

    /// <summary>
    /// Those that are done, as the runs of a plan that says so. Of a trial the seeds count that are done from the first on.
    /// </summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public StudyRuns SoFar()
    {
        StudyRun[] done =
        [
            .. runs.GroupBy(run => run.Run.Trial).SelectMany(trial => trial.TakeWhile(run => run.Result is not null)),
        ];
        if (done.Length == 0)
            throw new PipelineException(
                $"No run of {plan.Study} is done yet: leave --so-far away, or wait until --target=Train has done some."
            );
        var trials = done.CountBy(run => run.Run.Trial).Select(trial => new TrialSeeds(trial.Key, trial.Value));
        var title = $"{plan.Title}, {done.Length} of {Counted.Of(runs.Count, "run")} so far";
        return new(plan with { Title = title, SoFar = new(runs.Count, [.. trials]) }, done);
    }

    /// <summary>The runs that are to do in the order in which they are to be begun, and what an executor is told of them.</summary>
    public (IReadOnlyList<StudyRun> Runs, IReadOnlyList<RunTask> Tasks) Tasks(Evaluator evaluator)
    {
        var missing = TrainingOrder.Of(plan, Missing);
        var paths = missing
            .Select(run => run.Data!)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(digest => digest, evaluator.PathOf, StringComparer.Ordinal);
        return (missing, [.. missing.Select(run => run.Task(paths[run.Data!]))]);
    }

    /// <summary>Trains the runs that are to do; a run's result is stored the moment it is done.</summary>
    /// <param name="executor">Who trains them.</param>
    /// <param name="evaluator">Stores their results.</param>
    /// <param name="failures">Where to add runs that fail, in the order in which they do.</param>
    /// <param name="options">Whether the first failure ends the others, and where logs of failures go.</param>
    /// <param name="output">Where reasons and progress go.</param>
    /// <param name="cancellation">Ends the runs; those that have ended stay.</param>
    /// <exception cref="PipelineException">A run failed, and --fail-fast was given.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Train(
        IExecutor executor,
        Evaluator evaluator,
        List<FailedRun> failures,
        PipelineOptions options,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var (missing, tasks) = Tasks(evaluator);
        var reasons = missing.Select(run => run.Reason!);
        foreach (var line in ReasonSummary.Of($"train: {plan.Study}", count => Counted.Of(count, "run"), reasons))
            output.WriteLine(line);
        if (missing.Count == 0)
            return;
        var progress = new TrainProgress(plan.Study, tasks.Count, output);
        progress.Show(() =>
        {
            foreach (var ended in executor.Run(tasks, cancellation, At))
                End(missing[ended.Index], ended);
        });

        void At(RunningRun at) =>
            progress.At(missing[at.Index].Run.Id, new(at.Epoch, at.Epochs, at.Step, at.StepsOfEpoch, at.Loss));

        void End(StudyRun run, EndedRun ended)
        {
            if (ended.Result is { } result)
                run.End(result, evaluator.Store(run.Stage, tasks[ended.Index].Key, ArtifactEncoding.Encode(result)));
            else if (ended.Error is { } error)
                failures.Add(FailedRun.Note(plan.Study, run, error, options));
            else
                run.End(evaluator.LookUp(run.Stage), ended.IsStoredForThis);
            progress.Count(run.Run.Id, run.Result?.Outcome == RunOutcome.Diverged, ended.Error is not null);
            if (ended.Error is null)
                FailedRun.Forget(plan.Study, run, options);
            else if (options.FailFast)
                throw new PipelineException($"A run failed: {failures[^1].Sentence}", ended.Error);
        }
    }
}
