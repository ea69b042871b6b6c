using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>What a report says of the equality of its bytes: it depends on who computed the runs.</summary>
internal static class BackendNote
{
    private const string Promised = "The same study gives the same bytes.";

    /// <summary>A sentence or two.</summary>
    /// <param name="provenance">The manifest's entries of what made the results.</param>
    public static string Of(IReadOnlyDictionary<string, string> provenance)
    {
        var parts = provenance
            .Select(entry => (Name: ManifestEntry.TryName(entry.Key, ManifestEntry.Backend), entry.Value))
            .Where(part => part.Name is not null)
            .OrderBy(part => part.Name, StringComparer.Ordinal)
            .ToArray();
        if (parts.Length == 0)
            return Promised;
        var packages = parts
            .Select(part => (Name: ManifestEntry.TryName(part.Name!, ManifestEntry.Package), part.Value))
            .Where(part => part.Name?.Contains("torch", StringComparison.OrdinalIgnoreCase) == true)
            .Select(part => $"{part.Name} {part.Value}");
        var device = parts.First(part => part.Name == "device").Value;
        return $"Runs of the backend `torch` were computed with {string.Join(" and ", packages)} on {Markdown.Text(device)}: on other machines, or with other "
            + "versions, their numbers may differ by rounding and what follows from it. Those of the managed backend are the same bytes everywhere.";
    }
}
