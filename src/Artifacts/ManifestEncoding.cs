using System.Text;
using System.Text.Json;

namespace Pipeline.Artifacts;

/// <summary>
/// The bytes of <c>manifest.json</c>: one JSON object of texts, an entry a line, keys (see <see cref="ManifestEntry"/>)
/// in ordinal order, so that two branches merge line by line.
/// </summary>
public static class ManifestEncoding
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The bytes of a manifest.</summary>
    public static byte[] Encode(IReadOnlyDictionary<string, string> entries)
    {
        var lines = entries
            .OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => $"  {Quoted(e.Key)}: {Quoted(e.Value)}");
        return Encoding.UTF8.GetBytes("{\n" + string.Join(",\n", lines) + "\n}\n");

        static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, CanonicalJson.Encoder)}\"";
    }

    /// <summary>The entries of a manifest.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a manifest.</exception>
    public static SortedDictionary<string, string> Decode(ReadOnlyMemory<byte> bytes)
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
                $"This is not the manifest of a study's results ({Where(exception)}); write it again with --target=Report.",
                exception
            );
        }
        return entries;

        // Messages of JSON's reader quote all that follows.
        static string Where(Exception exception) =>
            exception is JsonException { LineNumber: { } line } ? $"line {line + 1} is no JSON" : exception.Message;
    }
}
