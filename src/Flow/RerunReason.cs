using Pipeline.Caching;

namespace Pipeline.Flow;

/// <summary>
/// Why something is done although it may have been done before: one function a reason, each null where it isn't the
/// one. Equal reasons are equal texts, so that many runs can be grouped by them.
/// </summary>
internal static class RerunReason
{
    /// <summary>--force asks for it.</summary>
    public const string Forced = "forced";

    /// <summary>A byte of its entry is not as it was stored.</summary>
    public const string Damaged = "its cached result was damaged";

    /// <summary>Its outputs are in the cache, but files in their folder differ from them.</summary>
    public static string Differs(IReadOnlyList<string> files, string folder) =>
        $"{string.Join(", ", files)} in {folder} differ{(files.Count == 1 ? "s" : "")} from what was reported";

    /// <summary>Why the cache doesn't have a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="miss">How it was missed.</param>
    /// <param name="lastKey">The digest of the key that its slot had last, or null.</param>
    /// <param name="cache">Where the parts of that key may be.</param>
    public static string Of(StageKey key, CacheMiss miss, string? lastKey, DirectoryCache cache) =>
        IsDamaged(miss)
        ?? IsRemoved(key, miss, lastKey)
        ?? IsNew(lastKey)
        ?? IsChanged(key, lastKey!, cache)
        ?? IsForgotten;

    private static string? IsDamaged(CacheMiss miss) => miss == CacheMiss.Damaged ? Damaged : null;

    // Its key is as before, but its entry, or what that names, is gone.
    private static string? IsRemoved(StageKey key, CacheMiss miss, string? lastKey) =>
        miss == CacheMiss.OutputRemoved || lastKey == key.Digest ? "its cached result was removed" : null;

    private static string? IsNew(string? lastKey) => lastKey is null ? "new" : null;

    private static string? IsChanged(StageKey key, string lastKey, DirectoryCache cache) =>
        cache.TryGetParts(lastKey) is { } parts ? KeyChanges.Between(key.Json, parts) : null;

    // Its key is another one, and the one that it had is no longer known in full.
    private static string IsForgotten => "changed since its last run, of which no record is left";
}
