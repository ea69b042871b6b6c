using Pipeline.Artifacts;
using Pipeline.Executors;
using Pipeline.Progress;
using Pipeline.Stages.Report;

namespace Pipeline.Flow;

/// <summary>
/// The flow of one study: data sets → prepared data → runs → tables → report. A step evaluates the stages that it needs, and nothing is
/// done twice. In <see cref="Mode.Plan"/> what is to do is noted instead, and what needs it is to do as well.
/// </summary>
internal sealed class StudyFlow(
    Plan plan,
    Evaluator evaluator,
    StageContext context,
    PipelineOptions options,
    Reproduction reproduction,
    TextWriter output,
    Func<Parameters, (string Key, string Sentence), Exception> refusal,
    CancellationToken cancellation
)
{
    private readonly PlannedStages stages = new(plan, evaluator, context, options.LooksAtOnce, cancellation);
    private readonly List<FailedRun> failures = [];
    private StudyRuns? runs;
    private StudyRuns? soFar;
    private StudyRuns? begun;
    private Finished? finished;

    /// <summary>The study, spelled out.</summary>
    public Plan Plan => plan;

    /// <summary>Does what is to do, or notes it.</summary>
    public Evaluator Evaluator => evaluator;

    /// <summary>Its data sets and code.</summary>
    public StageContext Context => context;

    /// <summary>What to throw where data show that a run can't be done: a sentence, at the place of the parameter to change.</summary>
    public Func<Parameters, (string Key, string Sentence), Exception> Refusal => refusal;

    /// <summary>The digest of the key under which it is remembered that all is done; null before that.</summary>
    public string? FinishedKey { get; private set; }

    /// <summary>Whether the whole study was found done.</summary>
    public bool IsFinished => finished is not null;

    /// <summary>
    /// The folder of the reports that are made with the same overrides: <c>results/</c> holds whole studies only.
    /// </summary>
    public string ResultsRoot =>
        options.Results
        ?? (
            plan.Partial
                ? Path.Combine(
                    options.Root,
                    "artifacts",
                    "results",
                    OverridesFolder.Name(reproduction.Only, reproduction.Set)
                )
                : Path.Combine(options.Root, "results")
        );

    /// <summary>The folder of the study's report.</summary>
    public string ResultsFolder => Path.Combine(ResultsRoot, plan.Study);

    /// <summary>The runs that failed, in the order in which they did.</summary>
    public IReadOnlyList<FailedRun> Failures => failures;

    /// <summary>How many runs there are, as far as results tell.</summary>
    public int RunCount => finished?.Runs ?? (runs?.Plan ?? plan).RunCount;

    /// <summary>How the runs ended so far.</summary>
    public TrainCounts TrainCounts =>
        finished is not null ? new(0, finished.Runs, finished.Diverged, 0)
        : runs is null ? new(0, 0, 0, 0)
        : new(
            runs.All.Count(run => run.IsTrained),
            runs.All.Count(run => run is { Result: not null, IsTrained: false }),
            runs.Diverged,
            failures.Count
        );

    /// <summary>Looks whether the whole study is done already; then none of its stages needs a look of its own.</summary>
    public void LookForFinished()
    {
        var found = evaluator.LookUp(Finished.Of(stages.Provenance(), reproduction));
        finished = Finished.Read(found);
        FinishedKey = finished is null ? null : found.Key!.Digest;
    }

    /// <summary>Prepares the data of every run.</summary>
    public void PrepareData()
    {
        if (finished is not null)
            return;
        foreach (var run in plan.Runs())
        {
            try
            {
                stages.Prepare(run);
            }
            catch (InvalidDataException e)
                when (evaluator.Digest(DataSet.Of(run.Spec.Text("dataset"), context)) is not null)
            {
                // The data set could be read: it is what is made of it that can't be.
                throw refusal(run.Spec, ("preprocessing", e.Message.TrimEnd('.')));
            }
        }
        evaluator.SaveHistory();
    }

    /// <summary>Whether the data of every run are prepared, in <see cref="Mode.Plan"/>.</summary>
    public bool AreDataPrepared()
    {
        PrepareData();
        return evaluator.ToDo.Count == 0;
    }

    /// <summary>Has an executor begin the runs that are to do, ahead of <see cref="TrainRuns"/>.</summary>
    public void BeginRuns(IExecutor executor)
    {
        if (finished is null && !options.SoFar)
            executor.Begin((begun = SeedRounds.Evaluate(plan, LookUpRound)).Tasks(evaluator).Tasks, cancellation);
    }

    /// <summary>
    /// Trains the runs that are to do, with more seeds as long as claims are undecided; none where a report is of those so far.
    /// </summary>
    /// <exception cref="PipelineException">A run failed with --fail-fast; without it, it is counted and the others trained.</exception>
    /// <exception cref="OperationCanceledException">The command was interrupted; runs that have ended are kept.</exception>
    public void TrainRuns(IExecutor executor)
    {
        if (finished is not null)
            return;
        if (options.SoFar)
            output.WriteLine(
                $"train: {plan.Study}: {Runs().All.Count} of {Counted.Of(runs!.All.Count, "run")} done so far"
            );
        else
            SeedRounds.Evaluate(plan, (round, before) => TrainRound(executor, round, before));
    }

    /// <summary>The runs that are to do.</summary>
    public IReadOnlyList<StudyRun> MissingRuns() => finished is null ? Runs().Missing : [];

    /// <summary>Makes the tables.</summary>
    /// <exception cref="PipelineException">Runs are not trained yet.</exception>
    public void MakeTables()
    {
        if (finished is not null)
            return;
        evaluator.Evaluate(Tables());
        evaluator.SaveHistory();
    }

    /// <summary>Makes the report; null where it is to do.</summary>
    /// <exception cref="PipelineException">Runs are not trained yet.</exception>
    public ReportOutputs? MakeReport()
    {
        if (finished is not null)
            return new(finished.Outputs);
        var stage = Report.Of(
            Runs(),
            Tables(),
            Preview.Of(plan, context, evaluator),
            stages.Provenance(),
            reproduction,
            context
        );
        return evaluator.Evaluate(stage).Files is { } outputs ? new(outputs) : null;
    }

    /// <summary>Remembers that all is done, where it is.</summary>
    public void Finish(ReportOutputs report)
    {
        if (finished is not null || options.SoFar)
            return;
        var stage = Finished.Of(stages.Provenance(), reproduction);
        var outputs = new Finished(RunCount, Runs().Diverged, report.All).Write(evaluator.Keys);
        FinishedKey = evaluator.Store(stage, evaluator.LookUp(stage), outputs).Key!.Digest;
        evaluator.SaveHistory();
    }

    /// <summary>
    /// The keys of what made recorded results and isn't what would make them now, in order; of the data, only sets that are here and, in
    /// <see cref="Mode.Plan"/>, that were read before are judged.
    /// </summary>
    /// <param name="recorded">What the manifest says that the results were made from, by key.</param>
    public IReadOnlyList<string> Differing(IReadOnlyDictionary<string, string> recorded) =>
        [
            .. stages
                .ProvenanceWith(name => context.Library.Find(name).TryLocate() is not null)
                .Where(part => recorded.GetValueOrDefault(part.Key) != part.Value)
                .Select(part => part.Key),
        ];

    /// <summary>Looks a run up in the cache.</summary>
    public StudyRun LookUp(PlannedRun run) => stages.LookUp([run])[0];

    private StudyRuns Runs() =>
        options.SoFar
            ? soFar ??= SeedRounds.Evaluate(plan, LookUpRound).SoFar()
            : runs ?? SeedRounds.Evaluate(plan, LookUpRound);

    private Stage Tables() =>
        evaluator.Mode == Mode.Plan || Runs().AreDone
            ? Aggregate.Of(Runs(), context)
            : throw new PipelineException(
                $"Runs of {plan.Study} are not trained yet: leave --exclusive away, or run --target=Train first."
            );

    private StudyRuns LookUpRound(Plan round, StudyRuns? before) => runs = stages.LookUp(round, before);

    private StudyRuns TrainRound(IExecutor executor, Plan round, StudyRuns? before)
    {
        var these = ReferenceEquals(begun?.Plan, round) ? begun! : LookUpRound(round, before);
        if (before is not null && these.Missing.Count is > 0 and var more)
            output.WriteLine(
                $"train: {plan.Study}: {Counted.Of(more, "more run")}, with more seeds, as claims are undecided after {before.Plan.RunCount}"
            );
        try
        {
            these.Train(executor, evaluator, failures, options, output, cancellation);
        }
        finally
        {
            evaluator.SaveHistory();
        }
        return these;
    }
}
