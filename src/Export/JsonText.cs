using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Artifacts;

namespace Pipeline.Export;

/// <summary>JSON on one line, without white space.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = CanonicalJson.Encoder };

    /// <summary>The text.</summary>
    public static string Of(JsonNode node) => node.ToJsonString(Options);

    /// <summary>The text in UTF-8.</summary>
    public static byte[] Utf8(JsonNode node) => Encoding.UTF8.GetBytes(Of(node));
}
