using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>What an evaluator knows of a stage.</summary>
internal sealed record Evaluated
{
    /// <summary>Its key; null while an input is to do.</summary>
    public StageKey? Key { get; init; }

    /// <summary>The digest of its only output; null while it is to do, and for a stage of several outputs.</summary>
    public string? Digest { get; init; }

    /// <summary>The bytes of its outputs by name; null while it is to do, and for a stage of one output, read by its digest.</summary>
    public IReadOnlyDictionary<string, byte[]>? Files { get; init; }

    /// <summary>Why it is, or was, to do; null where the cache had it.</summary>
    public string? Reason { get; init; }
}
