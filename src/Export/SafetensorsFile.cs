using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Export;

/// <summary>
/// The safetensors format: the length of the header (uint64), the header, which is a JSON object padded
/// with spaces so that the values begin at a multiple of 8 bytes, and the values of one tensor after
/// another, little-endian and row-major.
/// </summary>
/// <remarks>https://github.com/huggingface/safetensors#format</remarks>
internal static class SafetensorsFile
{
    private const int Alignment = 8;

    /// <summary>Tensors of float32.</summary>
    /// <param name="tensors">The tensors, in the order in which they are written.</param>
    /// <param name="metadata">Texts about them by name.</param>
    public static byte[] Encode(IReadOnlyList<NamedTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var header = new JsonObject
        {
            ["__metadata__"] = new JsonObject(
                metadata.Select(text => KeyValuePair.Create(text.Key, (JsonNode?)text.Value))
            ),
        };
        var end = 0L;
        foreach (var tensor in tensors)
        {
            var start = end;
            end += (long)tensor.Values.Length * sizeof(float);
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.Shape]),
                ["data_offsets"] = new JsonArray(start, end),
            };
        }
        var json = JsonText.Utf8(header);
        var headerLength = (json.Length + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[checked((int)(sizeof(ulong) + headerLength + end))];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)headerLength);
        bytes.AsSpan(sizeof(ulong), headerLength).Fill((byte)' ');
        json.CopyTo(bytes, sizeof(ulong));
        var at = sizeof(ulong) + headerLength;
        foreach (var tensor in tensors)
        {
            LittleEndian.Of(tensor.Values).CopyTo(bytes, at);
            at += tensor.Values.Length * sizeof(float);
        }
        return bytes;
    }
}
