using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary><c>manifest.json</c> of a study's results, as it was read.</summary>
public sealed class Manifest
{
    private Manifest(SortedDictionary<string, string> entries)
    {
        Provenance = Where(
            entries,
            key =>
                key == ManifestEntry.Plan
                || ManifestEntry.TryName(key, ManifestEntry.Data) is not null
                || ManifestEntry.TryName(key, ManifestEntry.Code) is not null
                || ManifestEntry.TryName(key, ManifestEntry.Backend) is not null
                    ? key
                    : null
        );
        Files = Where(entries, key => ManifestEntry.TryName(key, ManifestEntry.File));
        SeedsAtLeast = int.TryParse(
            entries.GetValueOrDefault(ManifestEntry.SeedsAtLeast),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var least
        )
            ? least
            : null;
    }

    /// <summary>
    /// What made the results: the digests of plan and data, hashes of code, versions of packages, a backend's device,
    /// by their keys (see <see cref="ManifestEntry"/>).
    /// </summary>
    public IReadOnlyDictionary<string, string> Provenance { get; }

    /// <summary>The digests of the folder's other files, by their names.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>
    /// With how many seeds every trial was run, as in <see cref="Plan.AtLeast"/>; null where all
    /// were run with equally many.
    /// </summary>
    public int? SeedsAtLeast { get; }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a manifest.</exception>
    public static Manifest Read(ReadOnlyMemory<byte> bytes) => new(ManifestEncoding.Decode(bytes));

    /// <summary>Whether a file has other bytes than those that the manifest was written of.</summary>
    public bool IsEdited(string file, ReadOnlySpan<byte> bytes) => Files.GetValueOrDefault(file) != Digest.Of(bytes);

    private static SortedDictionary<string, string> Where(
        SortedDictionary<string, string> entries,
        Func<string, string?> name
    )
    {
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            if (name(key) is { } found)
                named.Add(found, value);
        }
        return named;
    }
}
