using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Artifacts;

internal sealed class ScalarConverter : JsonConverter<Scalar>
{
    public override Scalar Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return Scalar.Of(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, Scalar value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json);
}

internal sealed class ParametersConverter : JsonConverter<Parameters>
{
    public override Parameters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return Parameters.Of(
                document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Scalar.Of(p.Value)))
            );
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Parameters value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToJson());
}

/// <summary>Writes the names of an enumeration in snake_case, and reads nothing else.</summary>
internal sealed class NamesConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Writes float32 numbers as <see cref="LittleEndian"/> bytes in base64.</summary>
public sealed class SinglesConverter : JsonConverter<float[]>
{
    /// <inheritdoc/>
    public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            ? LittleEndian.ToSingles(bytes)
            : throw new JsonException("This is not base64.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(LittleEndian.Of(value));
}
