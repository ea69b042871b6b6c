using System.Globalization;
using CsvHelper;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>Writes tables as RFC 4180 has them, lines ending in \n, UTF-8 without a byte order mark.</summary>
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

    /// <summary>A number in its shortest round-trip form; nothing for one that is absent or not finite.</summary>
    public static string Number(double? value) => value is { } number && double.IsFinite(number) ? CanonicalJson.Number(number) : "";

    /// <summary>A whole number, or nothing.</summary>
    public static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
