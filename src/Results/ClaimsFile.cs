using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary>Reads <c>claims.csv</c>, whose columns are <see cref="ClaimColumns"/>.</summary>
public static class ClaimsFile
{
    private static readonly Dictionary<string, ClaimVerdict> Verdicts = Enum.GetValues<ClaimVerdict>()
        .ToDictionary(EnumText.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, ClaimTest> Tests = Enum.GetValues<ClaimTest>()
        .ToDictionary(EnumText.Name, StringComparer.Ordinal);

    /// <summary>
    /// Reads, by the words of each claim, what the file tells of its row: all but its run and the best
    /// cells. Claims are in their order.
    /// </summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static IReadOnlyDictionary<string, ClaimRow> Read(ReadOnlyMemory<byte> bytes)
    {
        using var table = new CsvTable(bytes);
        for (var i = 0; i < Math.Max(ClaimColumns.All.Count, table.Header.Count); i++)
            table.RequireColumn(i, i < ClaimColumns.All.Count ? ClaimColumns.All[i] : null);
        var claims = new OrderedDictionary<string, ClaimRow>(StringComparer.Ordinal);
        while (table.Next())
            Add(claims, table, Row(table));
        return claims;
    }

    /// <summary>
    /// Reads, by the words of each claim, its verdict and effect from a table that may have other columns,
    /// such as one of an earlier version.
    /// </summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">
    /// The table can't be read, or lacks claim or verdict; the message names line, column and remedy.
    /// </exception>
    public static IReadOnlyDictionary<string, ClaimRow> ReadVerdicts(ReadOnlyMemory<byte> bytes)
    {
        using var table = new CsvTable(bytes);
        table.RequireColumn(0, ClaimColumns.Claim);
        table.RequireColumn(1, ClaimColumns.Verdict);
        var claims = new OrderedDictionary<string, ClaimRow>(StringComparer.Ordinal);
        while (table.Next())
        {
            Add(
                claims,
                table,
                new()
                {
                    Verdict = Verdict(table),
                    Effect = Number(ClaimColumns.Effect),
                    EffectSize = Number(ClaimColumns.EffectSize),
                    P = Number(ClaimColumns.P),
                    AdjustedP = Number(ClaimColumns.AdjustedP),
                    AdjustedOppositeP = Number(ClaimColumns.AdjustedOppositeP),
                    Pairs = 0,
                }
            );
        }
        return claims;

        double? Number(string column) =>
            table.Header.Contains(column, StringComparer.Ordinal) ? table.Number(column) : null;
    }

    private static void Add(OrderedDictionary<string, ClaimRow> claims, CsvTable table, ClaimRow row)
    {
        if (!claims.TryAdd(table[ClaimColumns.Claim], row))
            throw table.Error(ClaimColumns.Claim, "a line before says the same");
    }

    private static ClaimVerdict Verdict(CsvTable table) => Named(table, ClaimColumns.Verdict, Verdicts);

    private static T Named<T>(CsvTable table, string column, Dictionary<string, T> names) =>
        names.TryGetValue(table[column], out var value)
            ? value
            : throw table.Error(
                column,
                $"'{table[column]}' is no {column}; the {column}s are {string.Join(", ", names.Keys)}"
            );

    private static ClaimRow Row(CsvTable table) =>
        new()
        {
            Verdict = Verdict(table),
            Effect = table.Number(ClaimColumns.Effect),
            Low = table.Number(ClaimColumns.Low),
            High = table.Number(ClaimColumns.High),
            Test = Named(table, ClaimColumns.Test, Tests),
            Confidence = table.Number(ClaimColumns.Confidence),
            StandardError = table.Number(ClaimColumns.StandardError),
            DegreesOfFreedom = table.Number(ClaimColumns.DegreesOfFreedom),
            For = (int?)table.Number(ClaimColumns.For),
            Against = (int?)table.Number(ClaimColumns.Against),
            EffectSize = table.Number(ClaimColumns.EffectSize),
            Pairs = table.Whole(ClaimColumns.Pairs),
            P = table.Number(ClaimColumns.P),
            AdjustedP = table.Number(ClaimColumns.AdjustedP),
            OppositeP = table.Number(ClaimColumns.OppositeP),
            AdjustedOppositeP = table.Number(ClaimColumns.AdjustedOppositeP),
            Reason = table[ClaimColumns.Reason] is { Length: > 0 } reason ? reason : null,
        };
}
