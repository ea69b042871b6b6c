using System.Globalization;
using System.Text.Json;

namespace Pipeline.Stages.Report;

/// <summary>Writes lists and rounded numbers.</summary>
internal static class JsonWriting
{
    /// <summary>Writes an array, behind a name where it has one.</summary>
    public static void WriteArray<T>(this Utf8JsonWriter json, string? name, IEnumerable<T> items, Action<T> write)
    {
        if (name is not null)
            json.WritePropertyName(name);
        json.WriteStartArray();
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }

    /// <summary>Writes a number behind its name, as <see cref="WriteRoundedValue"/> does.</summary>
    public static void WriteRounded(this Utf8JsonWriter json, string name, double? value, int? digits)
    {
        json.WritePropertyName(name);
        json.WriteRoundedValue(value, digits);
    }

    /// <summary>
    /// Writes a number rounded as in <see cref="Rounding.Shown"/>, or in full without digits; null where it is missing or not finite.
    /// </summary>
    public static void WriteRoundedValue(this Utf8JsonWriter json, double? value, int? digits)
    {
        if (value is { } number && double.IsFinite(number))
        {
            var format = digits is { } some
                ? $"G{Rounding.Digits(number, some).ToString(CultureInfo.InvariantCulture)}"
                : "R";
            json.WriteRawValue(number.ToString(format, CultureInfo.InvariantCulture), skipInputValidation: true);
        }
        else
            json.WriteNullValue();
    }
}
