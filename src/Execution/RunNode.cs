using Pipeline.Artifacts;
using Pipeline.Caching;

namespace Pipeline.Execution;

/// <summary>One run of a study and what is known of it so far.</summary>
internal sealed class RunNode(PlannedRun run, string slot)
{
    /// <summary>The run.</summary>
    public PlannedRun Run => run;

    /// <summary>The run's place in its study, by which its last key is remembered.</summary>
    public string Slot => slot;

    /// <summary>The digest of its prepared data, or null in a dry run that didn't prepare them.</summary>
    public string? Data { get; init; }

    /// <summary>Its key, or null where its data's digest is not known.</summary>
    public StageKey? Key { get; init; }

    /// <summary>Its result, or null while it is to do.</summary>
    public RunResult? Result { get; set; }

    /// <summary>The digest of its result's canonical bytes, or null while it is to do.</summary>
    public string? Digest { get; set; }

    /// <summary>Why it is to do, or null.</summary>
    public string? Reason { get; set; }
}
