using System.Text;
using System.Text.Json;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>manifest.json</c> of a study's results: what made them (<c>code:…</c>, <c>data:…</c> and whatever else the caller passes), what
/// they are (<c>study:…</c>, see <see cref="IndexEntry"/>) and the digests of the folder's other files (<c>file:…</c>). One JSON object
/// of texts, an entry a line, keys in ordinal order, so that two branches merge line by line.
/// </summary>
public static class Manifest
{
    /// <summary>The file's name.</summary>
    public const string FileName = "manifest.json";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The bytes of a manifest.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, string> entries)
    {
        var lines = entries
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => $"  {Quoted(e.Key)}: {Quoted(e.Value)}");
        return Encoding.UTF8.GetBytes("{\n" + string.Join(",\n", lines) + "\n}\n");

        static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, CanonicalJson.Encoder)}\"";
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a manifest.</exception>
    public static SortedDictionary<string, string> Read(ReadOnlyMemory<byte> bytes)
    {
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            foreach (var property in document.RootElement.EnumerateObject())
                entries.Add(
                    property.Name,
                    property.Value.GetString() ?? throw new JsonException($"'{property.Name}' is null.")
                );
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"This is not the manifest of a study's results ({exception.Message}); write it again with --target=Report.",
                exception
            );
        }
        return entries;
    }
}
