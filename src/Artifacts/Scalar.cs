using System.Globalization;
using System.Text.Json;

namespace Pipeline.Artifacts;

/// <summary>
/// The value of one parameter: a number, a truth value or a text. Two scalars are equal exactly when their canonical
/// JSON is: <c>1e-2</c> and <c>0.01</c> are one value. Operations such as <c>normal(0.01)</c> are texts in canonical form.
/// </summary>
public readonly record struct Scalar
{
    private const double TwoTo63 = 9223372036854775808;

    private readonly string? json;

    private Scalar(string json) => this.json = json;

    /// <summary>The canonical JSON of the value; <c>null</c> for the default scalar.</summary>
    public string Json => json ?? "null";

    /// <summary>Whether the value is a text.</summary>
    public bool IsText => Json[0] == '"';

    /// <summary>Whether the value is a number.</summary>
    public bool IsNumber => Json[0] is '-' or (>= '0' and <= '9');

    /// <summary>A text.</summary>
    public static Scalar Of(string text) =>
        new("\"" + JsonEncodedText.Encode(text, CanonicalJson.Encoder).Value + "\"");

    /// <summary>A truth value.</summary>
    public static Scalar Of(bool value) => new(value ? "true" : "false");

    /// <summary>A whole number.</summary>
    public static Scalar Of(long value) => new(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// A finite number: a whole one of 64 bits by its digits, any other by its shortest round-trip
    /// form; negative zero becomes zero.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is infinite or not a number.</exception>
    public static Scalar Of(double value) =>
        value is >= -TwoTo63 and < TwoTo63 && value == Math.Floor(value)
            ? Of((long)value)
            : new(CanonicalJson.Number(value));

    /// <summary>Reads a scalar back from its canonical JSON.</summary>
    /// <exception cref="JsonException">The text is not the JSON of a finite number, a truth value or a text.</exception>
    public static Scalar Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>The scalar that a JSON element holds.</summary>
    /// <exception cref="JsonException">The element is an object, an array, null, or a number too large for float64.</exception>
    public static Scalar Of(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => Of(element.GetString()!),
            JsonValueKind.True => Of(true),
            JsonValueKind.False => Of(false),
            JsonValueKind.Number when element.TryGetInt64(out var whole) => Of(whole),
            JsonValueKind.Number when double.IsFinite(element.GetDouble()) => Of(element.GetDouble()),
            _ => throw new JsonException(
                $"A parameter is a finite number, true, false or a text, not {element.GetRawText()}."
            ),
        };

    /// <summary>The value as people write it: a text without its quotes, anything else as in JSON.</summary>
    public override string ToString() =>
        !IsText ? Json
        : Json.Contains('\\', StringComparison.Ordinal) ? JsonSerializer.Deserialize(Json, ArtifactJson.Default.String)!
        : Json[1..^1];

    /// <summary>The value as a number.</summary>
    /// <exception cref="InvalidOperationException">The value is not a number.</exception>
    public double ToDouble() =>
        IsNumber
            ? double.Parse(Json, NumberStyles.Float, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{Json} is not a number.");

    /// <summary>The value as a whole number.</summary>
    /// <exception cref="InvalidOperationException">The value is not a whole number of 64 bits.</exception>
    public long ToInt64() =>
        IsNumber && long.TryParse(Json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidOperationException($"{Json} is not a whole number.");
}
