using System.Globalization;
using CsvHelper;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>A claim in the index of results: what a row of <c>claims.csv</c> says of it.</summary>
/// <param name="Says">The claim in words.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Effect">The effect with its interval, as <see cref="ClaimText.Effect"/> writes it.</param>
/// <param name="Asked">What the effect was held against: <c>&gt; 0.3</c>, <c>0 to 0.25</c>.</param>
public sealed record IndexClaim(string Says, string Source, ClaimVerdict Verdict, string Effect, string Asked)
{
    private const int Digits = 6;

    /// <summary>Reads the claims of a study from its <c>claims.csv</c>, in their order.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such table; the message names line, column and remedy.</exception>
    public static IReadOnlyList<IndexClaim> Read(ReadOnlyMemory<byte> bytes)
    {
        using var reader = CsvReader.Create(
            bytes,
            new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                SkipEmptyLines = false,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            }
        );
        var header = Row(reader, 1);
        if (header is null || !header.SequenceEqual(ClaimColumns.All, StringComparer.Ordinal))
            throw Damaged(1, "it has other columns than the table of this version");
        var claims = new List<IndexClaim>();
        while (Row(reader, claims.Count + 2) is { } fields)
            claims.Add(Of(fields, claims.Count + 2));
        return claims;
    }

    private static string[]? Row(CsvReader reader, int row)
    {
        try
        {
            return reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)] : null;
        }
        catch (CsvFormatException e)
        {
            throw Damaged(row, "it can't be read", e);
        }
    }

    private static IndexClaim Of(string[] fields, int row)
    {
        if (fields.Length != ClaimColumns.All.Count)
            throw Damaged(row, $"it has {fields.Length} fields, but there are {ClaimColumns.All.Count} columns");
        var isRatio = Text(ClaimColumns.Scale) == "log";
        var verdict = Named<ClaimVerdict>(ClaimColumns.Verdict);
        return new(
            Text(ClaimColumns.Claim),
            Text(ClaimColumns.Source),
            verdict,
            ClaimText.Effect(
                isRatio,
                new()
                {
                    Verdict = verdict,
                    Test = Named<ClaimTest>(ClaimColumns.Test),
                    Effect = Number(ClaimColumns.Effect),
                    Low = Number(ClaimColumns.Low),
                    High = Number(ClaimColumns.High),
                    For = (int?)Number(ClaimColumns.For),
                    Against = (int?)Number(ClaimColumns.Against),
                    Pairs = (int)(Number(ClaimColumns.Pairs) ?? 0),
                }
            ),
            Named<ClaimRelation>(ClaimColumns.Relation) switch
            {
                ClaimRelation.Within =>
                    $"{Shown(Number(ClaimColumns.Bound))} to {Shown(Number(ClaimColumns.UpperBound))}",
                ClaimRelation.Equal => "= 0",
                ClaimRelation.Above => Side(">", Number(ClaimColumns.Threshold)),
                _ => Side(
                    "<",
                    isRatio ? Number(ClaimColumns.Threshold)
                        : Number(ClaimColumns.Threshold) is { } by and not 0 ? -by
                        : 0
                ),
            }
        );

        string Text(string column) => fields[ClaimColumns.All.TakeWhile(name => name != column).Count()];

        string Side(string sign, double? threshold) => $"{(isRatio ? "× " : "")}{sign} {Shown(threshold)}";

        double? Number(string column) =>
            Text(column) switch
            {
                TableText.NoNumber => null,
                var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                    number,
                var text => throw Damaged(row, $"column {column}: '{text}' is not a number"),
            };

        T Named<T>(string column)
            where T : struct, Enum =>
            Enum.GetValues<T>().Where(value => EnumText.Name(value) == Text(column)).ToArray() is [var value]
                ? value
                : throw Damaged(row, $"column {column}: there is no '{Text(column)}'");
    }

    private static string Shown(double? value) =>
        value is { } number ? Rounding.Significant(number, Digits) : Markdown.Nothing;

    private static InvalidDataException Damaged(int row, string what, Exception? inner = null) =>
        new($"row {row} of {ResultFiles.Claims}: {what}; write it again with --target=Report.", inner);
}
