using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>
/// Says in one line why a result is not taken from the cache. Equal reasons are equal texts, so that many runs can be grouped by them.
/// </summary>
public static class MissReason
{
    /// <summary>The reason of a slot that was never run.</summary>
    public const string New = "new";

    /// <summary>The reason of a slot whose key is as before, but whose entry is gone.</summary>
    public const string Removed = "its cached result was removed";

    /// <summary>The reason of a slot whose entry was damaged.</summary>
    public const string Damaged = "its cached result was damaged";

    /// <summary>The reason of a slot whose key changed, when the key it had before is no longer known in full.</summary>
    public const string Forgotten = "changed since its last run, of which no record is left";

    private const int MostChanges = 5;
    private const int LongestValue = 40;

    /// <summary>Why a key was missed.</summary>
    /// <param name="key">The key.</param>
    /// <param name="miss">How it was missed.</param>
    /// <param name="lastKey">The digest of the key that its slot had last, or null.</param>
    /// <param name="cache">Where the manifest of that key may be.</param>
    public static string Explain(StageKey key, CacheMiss miss, string? lastKey, DirectoryCache cache)
    {
        if (miss == CacheMiss.Damaged)
            return Damaged;
        if (miss == CacheMiss.OutputRemoved || lastKey == key.Digest)
            return Removed;
        if (lastKey is null)
            return New;
        return cache.TryGetParts(lastKey) is { } parts ? Changes(key.Json, parts) : Forgotten;
    }

    /// <summary>What differs between two keys of a slot, such as <c>parameter epochs 15 → 20</c>.</summary>
    /// <param name="now">The JSON of the key that it has (see <see cref="StageKey.Json"/>).</param>
    /// <param name="before">The JSON of the key that it had.</param>
    internal static string Changes(string now, JsonElement before)
    {
        using var document = JsonDocument.Parse(now);
        var changes = Parts(document.RootElement, before).ToArray();
        var shown = string.Join(", ", changes.Take(MostChanges));
        return changes.Length <= MostChanges ? shown : $"{shown} and {changes.Length - MostChanges} more";
    }

    private static IEnumerable<string> Parts(JsonElement now, JsonElement before) =>
    [
        .. Entries(now, before, "parameters", name => $"parameter {name}"),
        .. Entries(now, before, "inputs", name => $"input {name}"),
        .. Entries(now, before, "code", CodeName),
        .. Entries(now, before, "backend", name => $"backend {name}"),
    ];

    private static IEnumerable<string> Entries(JsonElement now, JsonElement before, string part, Func<string, string> title)
    {
        var (values, old) = (Values(now, part), Values(before, part));
        foreach (var name in values.Keys.Union(old.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (isThere, wasThere) = (values.TryGetValue(name, out var value), old.TryGetValue(name, out var oldValue));
            if (!wasThere)
                yield return $"{title(name)} added ({Short(value)})";
            else if (!isThere)
                yield return $"{title(name)} removed ({Short(oldValue)})";
            else if (value.GetRawText() != oldValue.GetRawText())
                yield return $"{title(name)} {Short(oldValue)} → {Short(value)}";
        }
    }

    private static Dictionary<string, JsonElement> Values(JsonElement key, string part) => key.TryGetProperty(part, out var map)
        ? map.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal)
        : [];

    private static string CodeName(string name)
    {
        if (name.StartsWith(CodeComponents.PackagePrefix, StringComparison.Ordinal))
            return $"package {name[CodeComponents.PackagePrefix.Length..]}";
        return name.Contains('/', StringComparison.Ordinal) ? $"operation {name}" : $"code {name}";
    }

    private static string Short(JsonElement value)
    {
        var text = value.ToString();
        if (Digest.IsWellFormed(text))
            return text[..8];
        return text.Length <= LongestValue ? text : $"{text[..(LongestValue - 1)]}…";
    }
}
