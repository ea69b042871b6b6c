using System.Globalization;
using System.Security.Cryptography;
using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Networks;
using Pipeline.Progress;
using Pipeline.Stages.Train;

namespace Pipeline.Commands;

/// <summary>Trains a run once more.</summary>
/// <param name="spec">What Train reads of its parameters.</param>
/// <param name="data">Its prepared data.</param>
/// <param name="watch">Who looks on; null for nobody.</param>
/// <param name="cancellation">Ends it.</param>
public delegate RunResult Retraining(
    Parameters spec,
    PreparedData data,
    IRunWatch? watch,
    CancellationToken cancellation
);

/// <summary>
/// Trains some of the runs whose results are cached, without the cache, and compares the bytes. Who can write to a cache can give an entry
/// any content and the digests that fit it: of a run this finds it. Data are taken from the cache; tables and reports are not looked at.
/// </summary>
/// <param name="session">What the command asks for.</param>
/// <param name="train">Trains a run; null for the managed backend.</param>
public sealed class AuditCommand(Session session, Retraining? train = null)
{
    private const int MostThreads = 512;

    private readonly Retraining train =
        train ?? ((spec, data, watch, cancellation) => Trainer.Run(spec, data, Backend.Managed, cancellation, watch));

    /// <summary>Audits runs of the command's studies, and tells of each that differs where it first does.</summary>
    /// <param name="sample">How many, chosen at random; all that are cached where there are fewer.</param>
    /// <param name="seed">Chooses them; null for others each time.</param>
    /// <exception cref="PipelineException">A run differs, none is cached, or the command was interrupted.</exception>
    public void Run(int sample, int? seed)
    {
        var chosen = seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var runs = Choose(sample, new Random(chosen));
        if (runs.Count == 0)
            throw new PipelineException(
                "No run of these studies that the managed backend trains is cached: there is something to audit after --target=Train."
            );
        session.Output.WriteLine(
            $"audit: {Counted.Of(runs.Count, "run")} to train again, chosen by --seed={chosen.ToString(CultureInfo.InvariantCulture)}"
        );
        var differences = Audit(runs);
        foreach (var difference in differences)
            session.Output.WriteLine($"audit: {difference}");
        session.Output.WriteLine($"audit: {runs.Count} runs, {differences.Count} differ");
        if (differences.Count > 0)
            throw new PipelineException(
                $"{Counted.Of(differences.Count, "cached run")} of {runs.Count} differ from what is computed: the lines above tell which, where and what to do."
            );
    }

    private List<(StudyFlow Flow, StudyRun Run)> Choose(int sample, Random random)
    {
        var byPromise = session
            .Flows(Mode.Plan)
            .SelectMany(flow => flow.Plan.WithSeeds(flow.Plan.Seeds).Runs().Select(run => (Flow: flow, Run: run)))
            .ToLookup(run => ParameterUse.BackendOf(run.Run.Spec) == ParameterUse.ManagedBackend);
        if (byPromise[false].Count() is > 0 and var others)
            session.Output.WriteLine(
                $"audit: {Counted.Of(others, "run")} of other backends left out: that they compute the same bytes again is not promised"
            );
        var planned = byPromise[true].ToArray();
        random.Shuffle(planned);
        return
        [
            .. planned
                .Select(run => (run.Flow, Run: run.Flow.LookUp(run.Run)))
                .Where(run => run.Run.Result is not null)
                .DistinctBy(run => run.Run.Key!.Digest, StringComparer.Ordinal)
                .Take(sample),
        ];
    }

    private List<string> Audit(List<(StudyFlow Flow, StudyRun Run)> runs)
    {
        try
        {
            return
            [
                .. runs.AsParallel()
                    .AsOrdered()
                    .WithDegreeOfParallelism(Math.Min(session.Options.Jobs, MostThreads))
                    .WithCancellation(session.Cancellation)
                    .Select(run => Difference(run.Flow, run.Run))
                    .OfType<string>(),
            ];
        }
        catch (OperationCanceledException e)
        {
            throw new PipelineException("Interrupted before all runs were trained again; an audit keeps nothing.", e);
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions.OfType<PipelineException>().FirstOrDefault()
                ?? new PipelineException($"The audit failed: {e.InnerExceptions[0].Message}", e);
        }
    }

    /// <summary>Which run it is, and how it differs; null where it doesn't.</summary>
    private string? Difference(StudyFlow flow, StudyRun run)
    {
        using var data = PreparedData.Open(flow.Evaluator.PathOf(run.Data!));
        try
        {
            var again = Train(run, data, watch: null);
            if (Digest.Of(ArtifactEncoding.Encode(again)) == run.Digest)
                return null;
            return $"run {run.Run.Id} of {flow.Plan.Study} ({run.Stage.Slot}): in the cache {RunDifference.Of(run.Result!, again)} computed anew; "
                + Cause(run, data, again);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"run {run.Run.Id} of {flow.Plan.Study} ({run.Stage.Slot}): it is in the cache, and fails when it is computed anew: {e.Message}";
        }
    }

    private string Cause(StudyRun run, PreparedData data, RunResult first)
    {
        var steps = new StepDigests();
        var second = Train(run, data, steps);
        if (Same(first, second))
        {
            return "computed a second time it is the same again, so the entry is not what this code computes here: it was planted, or made by a broken machine. "
                + "To heal it, and what was made of it, run --target=Train --force, then --target=Report --force.";
        }
        var others = new StepDigests();
        var third = Train(run, data, others);
        var where =
            steps.FirstOther(others)
            ?? $"{(Same(second, third) ? RunDifference.Of(first, second) : RunDifference.Of(second, third))} the next time";
        return $"computed a second time it is yet another, first in {where}: this machine does not compute reliably. "
            + "Test its memory, and don't trust what it stored.";
    }

    private RunResult Train(StudyRun run, PreparedData data, IRunWatch? watch) =>
        train(run.Stage.Parameters, data, watch, session.Cancellation);

    private static bool Same(RunResult x, RunResult y) =>
        ArtifactEncoding.Encode(x).AsSpan().SequenceEqual(ArtifactEncoding.Encode(y));
}
