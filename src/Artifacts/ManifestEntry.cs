namespace Pipeline.Artifacts;

/// <summary>
/// The keys of a manifest's entries: <see cref="Plan"/>, and for whatever there may be several of a kind and, behind a colon, a name:
/// <c>code:activation/relu</c>.
/// </summary>
public static class ManifestEntry
{
    /// <summary>The key of the digest of the study's plan.</summary>
    public const string Plan = "plan";

    /// <summary>The kind of the digests of data sets.</summary>
    public const string Data = "data";

    /// <summary>
    /// The kind of what tells code: hashes of rooms and of operations such as
    /// <c>activation/relu</c>, versions of packages.
    /// </summary>
    public const string Code = "code";

    /// <summary>The kind, among the names of code, of packages: <c>code:pkg:YamlDotNet</c>.</summary>
    public const string Package = "pkg";

    /// <summary>The kind of what the results of another backend than our own depend on: its code, packages, device.</summary>
    public const string Backend = "backend";

    /// <summary>The kind of the digests of the folder's other files.</summary>
    public const string File = "file";

    /// <summary>The kind of what the results are: the study's title, the number of its runs.</summary>
    public const string Study = "study";

    /// <summary>
    /// The key of the number of seeds that every trial was run with, where some were run with more:
    /// <see cref="Artifacts.Plan.AtLeast"/>.
    /// </summary>
    public static string SeedsAtLeast { get; } = Of(Study, "seeds_at_least");

    /// <summary>The key of what has a name among those of its kind.</summary>
    public static string Of(string kind, string name) => $"{kind}:{name}";

    /// <summary>The name that a key has among those of a kind; null where it is of another kind.</summary>
    public static string? TryName(string key, string kind) =>
        key.Length > kind.Length && key[kind.Length] == ':' && key.StartsWith(kind, StringComparison.Ordinal)
            ? key[(kind.Length + 1)..]
            : null;
}
