using Pipeline.Artifacts;

namespace Pipeline.Flow;

/// <summary>Names the folder of results that were made with <c>--set</c> and <c>--only</c>: <c>epochs=5,only-activation=relu</c>.</summary>
internal static class OverridesFolder
{
    private const int MostCharacters = 80;
    private const int DigitsOfDigest = 10;

    /// <summary>
    /// The name, which doesn't depend on the order of different keys; empty without overrides. What is long, or has characters that
    /// some file system refuses or takes for others, ends with the beginning of a digest.
    /// </summary>
    public static string Name(IReadOnlyList<string> only, IReadOnlyList<string> set)
    {
        string[] overrides = [.. Sorted(set), .. Sorted(only).Select(text => "only-" + text)];
        var name = string.Concat(string.Join(',', overrides).Select(c => IsSafe(c) ? c : '_'));
        if (
            name.Length <= MostCharacters
            && !name.EndsWith('.')
            && overrides.All(text => text.Count('=') == 1 && text.All(c => IsSafe(c) && !char.IsAsciiLetterUpper(c)))
        )
            return name;
        var kept = name[..Math.Min(name.Length, MostCharacters - DigitsOfDigest - 1)];
        return $"{kept}-{Digest.Of(string.Join('\n', overrides))[..DigitsOfDigest]}";
    }

    // Of several with one key the last may win.
    private static IEnumerable<string> Sorted(IEnumerable<string> overrides) =>
        overrides.Select(text => text.Trim()).OrderBy(text => text.Split('=')[0].Trim(), StringComparer.Ordinal);

    private static bool IsSafe(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '=' or ',' or '.' or '_' or '-' or '+' or '(' or ')';
}
