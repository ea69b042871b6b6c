using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Train;

/// <summary>A run's state as bytes, which any machine reads back to the same bits.</summary>
internal static class Checkpoint
{
    /// <summary>Writes a state.</summary>
    public static byte[] Write(RunState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state, CheckpointJson.Default.RunState);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no state of a run.</exception>
    public static RunState Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, CheckpointJson.Default.RunState)
                ?? throw new InvalidDataException("A checkpoint can't be null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException("The bytes are no checkpoint.", e);
        }
    }
}

/// <summary>Weights are bytes in base64; numbers may be infinite, as a loss before the first epoch is.</summary>
[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(SinglesConverter)]
)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
