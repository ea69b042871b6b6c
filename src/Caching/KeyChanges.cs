using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>Says in one line what differs between two keys of a slot.</summary>
public static class KeyChanges
{
    private const int MostChanges = 5;
    private const int LongestValue = 40;

    /// <summary>What differs between two keys of a slot, such as <c>parameter epochs 15 → 20</c>.</summary>
    /// <param name="now">The JSON of the key that it has (see <see cref="StageKey.Json"/>).</param>
    /// <param name="before">The JSON of the key that it had.</param>
    public static string Between(string now, JsonElement before)
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

    private static IEnumerable<string> Entries(
        JsonElement now,
        JsonElement before,
        string part,
        Func<string, string> title
    )
    {
        var (values, old) = (Values(now, part), Values(before, part));
        foreach (var name in values.Keys.Union(old.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (isThere, wasThere) = (
                values.TryGetValue(name, out var value),
                old.TryGetValue(name, out var oldValue)
            );
            if (!wasThere)
                yield return $"{title(name)} added ({Short(value)})";
            else if (!isThere)
                yield return $"{title(name)} removed ({Short(oldValue)})";
            else if (value.GetRawText() != oldValue.GetRawText())
                yield return $"{title(name)} {Short(oldValue)} → {Short(value)}";
        }
    }

    private static Dictionary<string, JsonElement> Values(JsonElement key, string part) =>
        key.TryGetProperty(part, out var map)
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
