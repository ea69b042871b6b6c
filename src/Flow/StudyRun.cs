using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.Caching;
using Pipeline.Executors;

namespace Pipeline.Flow;

/// <summary>One run of a study and what is known of it so far. Of a million, each holds only what can't be made again.</summary>
internal sealed class StudyRun(PlannedRun run, PlannedStages stages, Evaluated found)
{
    /// <summary>The run.</summary>
    public PlannedRun Run => run;

    /// <summary>Its stage.</summary>
    public Stage Stage => stages.Of(run);

    /// <summary>Why it was to do at first; null where the cache had it.</summary>
    public string? Reason { get; } = found.Reason;

    /// <summary>Its key; null where its data are to be prepared.</summary>
    public StageKey? Key => stages.KeyOf(run);

    /// <summary>The digest of its prepared data; null while they are to be prepared.</summary>
    public string? Data { get; } = found.Key?.Inputs.Entries["data"];

    /// <summary>Its result; null while it is to do.</summary>
    public RunResult? Result { get; private set; } = Read(found);

    /// <summary>The digest of its result's canonical bytes; null while it is to do.</summary>
    public string? Digest { get; private set; } = found.Digest;

    /// <summary>Whether this command trained it.</summary>
    public bool IsTrained { get; private set; }

    /// <summary>What an executor is told of it.</summary>
    /// <param name="data">The path of its prepared data.</param>
    public RunTask Task(string data) => new(Key!, Stage.Parameters, data, ParameterUse.BackendOf(run.Spec));

    /// <summary>Notes the result with which it was trained.</summary>
    public void End(RunResult result, string digest) => (Result, Digest, IsTrained) = (result, digest, true);

    /// <summary>Notes what is stored, by another command, or by who trained it for this one.</summary>
    public void End(Evaluated stored, bool isTrained) =>
        (Result, Digest, IsTrained) = (Read(stored), stored.Digest, isTrained);

    private static RunResult? Read(Evaluated stored)
    {
        try
        {
            return stored.Files is { } files ? ArtifactEncoding.DecodeRunResult(files.Values.Single()) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Its digests are right: it was written as it is.
            throw new PipelineException(
                $"The cache entry {stored.Key!.Digest} holds no run's result: run --target=Train --force to make it anew.",
                e
            );
        }
    }
}
