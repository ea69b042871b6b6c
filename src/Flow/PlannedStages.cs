using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>The stages of a study's runs, and what all of them are made from.</summary>
internal sealed class PlannedStages(
    Plan plan,
    Evaluator evaluator,
    StageContext context,
    int jobs,
    CancellationToken cancellation
)
{
    private readonly IReadOnlyList<Axis> axes = plan.Axes();
    private readonly Func<int, int> sharesData = Preprocess.Alike(plan);
    private readonly Func<int, int> sharesCode = StudyOperations.Alike(plan);
    private readonly Dictionary<(int Trial, int Seed), StageInput[]> data = [];
    private readonly ConcurrentDictionary<int, KeyPart> code = [];
    private SortedDictionary<string, string>? provenance;

    /// <summary>The stage of a run whose data were prepared. Made at each call, since those of many runs would fill the memory.</summary>
    public Stage Of(PlannedRun run) => Train.Of(run, axes, Prepare(run), _ => CodeOf(run), context);

    /// <summary>The key of a run, made at each call as well; null where its data are to be prepared.</summary>
    public StageKey? KeyOf(PlannedRun run) => evaluator.KeyOf(Of(run), out _);

    /// <summary>Prepares the data of a run, which runs share: what it works on.</summary>
    public StageInput[] Prepare(PlannedRun run)
    {
        var place = (sharesData(run.Trial), run.Seed);
        if (!data.TryGetValue(place, out var inputs))
        {
            var stage = Preprocess.Of(run.Spec, context);
            evaluator.Evaluate(stage);
            data[place] = inputs = [StageInput.Of("data", stage)];
        }
        return inputs;
    }

    /// <summary>Looks up the runs of a round of seeds; those of the round before are known.</summary>
    /// <param name="round">The plan of the round.</param>
    /// <param name="before">The runs of the round before; null at first.</param>
    public StudyRuns LookUp(Plan round, StudyRuns? before)
    {
        var planned = round.Runs().ToArray();
        if (before is null)
            return new(round, LookUp(planned));
        var known = before.All.ToDictionary(run => (run.Run.Trial, run.Run.Seed));
        var added = LookUp(Array.FindAll(planned, run => !known.ContainsKey((run.Trial, run.Seed))));
        foreach (var run in added)
            known.Add((run.Run.Trial, run.Run.Seed), run);
        return new(round, Array.ConvertAll(planned, run => known[(run.Trial, run.Seed)]));
    }

    /// <summary>Looks runs up in the cache, in their order.</summary>
    public StudyRun[] LookUp(PlannedRun[] planned)
    {
        // Their data first: evaluating is for one thread.
        foreach (var run in planned)
            Prepare(run);
        var runs = new StudyRun[planned.Length];
        try
        {
            Parallel.For(
                0,
                planned.Length,
                new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
                i => runs[i] = new(planned[i], this, evaluator.LookUp(Of(planned[i])))
            );
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        return runs;
    }

    /// <summary>Digests of plan, data and code: what the report's manifest says that it was made from.</summary>
    public SortedDictionary<string, string> Provenance() => provenance ??= ProvenanceWith(_ => true);

    /// <summary>As <see cref="Provenance"/>, with some of the data sets only; those that are not read yet are left out.</summary>
    public SortedDictionary<string, string> ProvenanceWith(Func<string, bool> isWanted)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [ManifestEntry.Plan] = Digest.Of(ArtifactEncoding.Encode(plan)),
        };
        foreach (var name in StudyOperations.DataSets(plan).Where(isWanted))
        {
            if (evaluator.Digest(DataSet.Of(name, context)) is { } digest)
                parts[ManifestEntry.Of(ManifestEntry.Data, name)] = digest;
        }
        foreach (
            var (name, value) in StudyOperations.Backends(plan).SelectMany(name => context.DependsOn(name).Entries)
        )
            parts[ManifestEntry.Of(ManifestEntry.Backend, name)] = value;
        foreach (
            var (component, value) in context
                .Code.All(StudyOperations.Preprocess(plan, context.Library), StudyOperations.Train(plan))
                .Entries
        )
            parts[ManifestEntry.Of(ManifestEntry.Code, component)] = value;
        return parts;
    }

    private KeyPart CodeOf(PlannedRun run) =>
        code.GetOrAdd(sharesCode(run.Trial), _ => context.Code.Train(StudyOperations.Train(run.Spec)));
}
