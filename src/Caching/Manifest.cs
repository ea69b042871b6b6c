using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Artifacts;

namespace Pipeline.Caching;

/// <summary>What the content store holds of one output.</summary>
/// <param name="Digest">The digest of its bytes.</param>
/// <param name="Size">Their number.</param>
public sealed record StoredOutput(string Digest, long Size);

/// <summary>What a stage gave for a key.</summary>
/// <param name="Key">The key's digest.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Parts">The key's JSON (see <see cref="StageKey.Json"/>).</param>
/// <param name="Outputs">The outputs by name.</param>
public sealed record Manifest(
    string Key,
    string Stage,
    JsonElement Parts,
    IReadOnlyDictionary<string, StoredOutput> Outputs
)
{
    private static readonly ManifestJson Json = new(
        new JsonSerializerOptions(ManifestJson.Default.Options) { Encoder = CanonicalJson.Encoder }
    );

    private const string Trailer = "sha256:";

    private static int TrailerLength => Trailer.Length + Digest.Length + 1;

    // Reports are written under the names of their outputs.
    private static bool IsFileName(string name) =>
        name is not ("" or "." or "..") && !name.AsSpan().ContainsAny('/', '\\', '\0');

    /// <summary>One line of canonical JSON, then a line with the digest of the first.</summary>
    internal byte[] Encode()
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(this, Json.Manifest), (byte)'\n'];
        return [.. line, .. Encoding.ASCII.GetBytes($"{Trailer}{Digest.Of(line)}\n")];
    }

    /// <summary>Reads a manifest, or null when the bytes are not exactly the manifest of the key.</summary>
    internal static Manifest? Decode(ReadOnlySpan<byte> bytes, string key)
    {
        if (bytes.Length < TrailerLength)
            return null;
        var line = bytes[..^TrailerLength];
        if (Encoding.ASCII.GetString(bytes[^TrailerLength..]) != $"{Trailer}{Digest.Of(line)}\n")
            return null;
        try
        {
            return
                JsonSerializer.Deserialize(line, Json.Manifest) is { Outputs.Count: > 0 } manifest
                && manifest.Key == key
                && Digest.Of(JsonMarshal.GetRawUtf8Value(manifest.Parts)) == key
                && manifest.Outputs.All(output => IsFileName(output.Key) && output.Value is not null)
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
