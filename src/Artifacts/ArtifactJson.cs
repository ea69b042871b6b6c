using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Artifacts;

/// <summary>The canonical encoding of what stages hand each other: snake_case, declaration order, no white space.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = false,
    IgnoreReadOnlyProperties = true,
    Converters = [
        typeof(ScalarConverter),
        typeof(ParametersConverter),
        typeof(NamesConverter<RunOutcome>),
        typeof(NamesConverter<ClaimRelation>),
        typeof(NamesConverter<ClaimVerdict>),
        typeof(NamesConverter<ClaimTest>),
        typeof(NamesConverter<PlotKind>),
        typeof(SinglesConverter),
    ]
)]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(StudyTables))]
[JsonSerializable(typeof(DataPreview))]
[JsonSerializable(typeof(PreparedDataHeader))]
[JsonSerializable(typeof(Parameters))]
[JsonSerializable(typeof(string))]
internal sealed partial class ArtifactJson : JsonSerializerContext;

/// <summary>Writes artifacts to canonical bytes and reads them back.</summary>
public static class ArtifactEncoding
{
    private static readonly ArtifactJson Json = new(
        new JsonSerializerOptions(ArtifactJson.Default.Options) { Encoder = CanonicalJson.Encoder }
    );

    /// <summary>The canonical bytes of a plan.</summary>
    public static byte[] Encode(Plan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, Json.Plan);

    /// <summary>The canonical bytes of a run's result.</summary>
    public static byte[] Encode(RunResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Json.RunResult);

    /// <summary>The canonical bytes of a study's tables.</summary>
    public static byte[] Encode(StudyTables tables) => JsonSerializer.SerializeToUtf8Bytes(tables, Json.StudyTables);

    /// <summary>The canonical bytes of a data set's preview.</summary>
    public static byte[] Encode(DataPreview preview) => JsonSerializer.SerializeToUtf8Bytes(preview, Json.DataPreview);

    /// <summary>Reads a plan.</summary>
    /// <exception cref="JsonException">The bytes are not a plan.</exception>
    public static Plan DecodePlan(ReadOnlySpan<byte> bytes) => Decoded(JsonSerializer.Deserialize(bytes, Json.Plan));

    /// <summary>Reads parameters that <see cref="Parameters.ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are no parameters.</exception>
    public static Parameters DecodeParameters(ReadOnlySpan<byte> bytes) =>
        Decoded(JsonSerializer.Deserialize(bytes, Json.Parameters));

    /// <summary>Reads a run's result.</summary>
    /// <exception cref="JsonException">The bytes are not a run's result.</exception>
    public static RunResult DecodeRunResult(ReadOnlySpan<byte> bytes) =>
        Decoded(JsonSerializer.Deserialize(bytes, Json.RunResult));

    /// <summary>Reads a study's tables.</summary>
    /// <exception cref="JsonException">The bytes are not a study's tables.</exception>
    public static StudyTables DecodeStudyTables(ReadOnlySpan<byte> bytes) =>
        Decoded(JsonSerializer.Deserialize(bytes, Json.StudyTables));

    /// <summary>Reads a data set's preview.</summary>
    /// <exception cref="JsonException">The bytes are not a data set's preview.</exception>
    public static DataPreview DecodeDataPreview(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Decoded(JsonSerializer.Deserialize(bytes, Json.DataPreview));
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    private static T Decoded<T>(T? value)
        where T : class => value ?? throw new JsonException("The artifact is null.");
}
