using System.Globalization;
using CsvHelper;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// Writes tables as RFC 4180 has them, lines ending in \n, UTF-8 without a byte order mark. A column holds either
/// numbers, <c>NaN</c> where there is none and no infinity ever; or <c>true</c> and <c>false</c>; or text, empty where
/// there is none. Whatever guesses a column's type from its first rows guesses right, and reads every row. Axes alone
/// may mix: numbers and words, where a study does so.
/// </summary>
internal static class Csv
{
    private static readonly CsvWriterOptions Options = new() { NewLine = "\n" };

    /// <summary>The bytes of a header and its rows.</summary>
    public static byte[] Write(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Options, leaveOpen: true))
        {
            foreach (var record in rows.Prepend(header))
            {
                foreach (var field in record)
                    csv.WriteField(field);
                csv.EndRecord();
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A number in its shortest round-trip form; <see cref="TableText.NoNumber"/> for one that is absent or not finite.</summary>
    public static string Number(double? value) =>
        value is { } number && double.IsFinite(number) ? CanonicalJson.Number(number) : TableText.NoNumber;

    /// <summary>A whole number.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static string Boolean(bool value) => value ? TableText.True : TableText.False;
}
