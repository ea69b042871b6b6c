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

    public override void Write(Utf8JsonWriter writer, Scalar value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json);
}

internal sealed class ParametersConverter : JsonConverter<Parameters>
{
    public override Parameters Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return Parameters.Of(document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Scalar.Of(p.Value))));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Parameters value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToJson());
}

internal sealed class OutcomeConverter : JsonConverter<RunOutcome>
{
    public override RunOutcome Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
    {
        "completed" => RunOutcome.Completed,
        "diverged" => RunOutcome.Diverged,
        "failed" => RunOutcome.Failed,
        var other => throw new JsonException($"There is no outcome '{other}'."),
    };

    public override void Write(Utf8JsonWriter writer, RunOutcome value, JsonSerializerOptions options) => writer.WriteStringValue(value switch
    {
        RunOutcome.Completed => "completed",
        RunOutcome.Diverged => "diverged",
        RunOutcome.Failed => "failed",
        _ => throw new JsonException($"There is no outcome {value}."),
    });
}
