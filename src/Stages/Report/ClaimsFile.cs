using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>claims.csv</c>, a row a claim in the order of the study: <c>claim</c> in words, <c>verdict</c>; <c>metric</c>, <c>left</c>,
/// <c>relation</c> and either <c>right</c>, a cell, or <c>bound</c>, a number (of <c>within</c> the lower one, with <c>upper_bound</c>);
/// <c>threshold</c>, in units of the metric on the <c>scale</c> <c>linear</c> and a factor on <c>log</c> (an exact claim has neither); <c>effect</c>
/// with its 95 % interval from <c>low</c> to <c>high</c> on the same scale; <c>effect_size</c>, standardized (see <see cref="ClaimRow.EffectSize"/>);
/// <c>pairs</c>, the seeds compared; <c>p</c>, <c>p_adjusted</c> for the looks at the runs and by Holm over the study's claims, <c>p_opposite</c>, <c>p_opposite_adjusted</c>;
/// <c>reason</c> why nothing was tested; <c>source</c>, <c>basis</c>. A number that there is none of is <c>NaN</c>, a text empty.
/// </summary>
public static class ClaimsFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "claims.csv";

    private static readonly string[] Columns =
    [
        "claim",
        "verdict",
        "metric",
        "left",
        "relation",
        "right",
        "bound",
        "upper_bound",
        "threshold",
        "scale",
        "effect",
        "low",
        "high",
        "effect_size",
        "pairs",
        "p",
        "p_adjusted",
        "p_opposite",
        "p_opposite_adjusted",
        "reason",
        "source",
        "basis",
    ];

    private static readonly Dictionary<string, ClaimVerdict> Verdicts = Enum.GetValues<ClaimVerdict>()
        .ToDictionary(EnumText.Name, StringComparer.Ordinal);

    /// <summary>Reads, by the words of each claim, what the file tells of its row: all but its run and the best cells. Claims are in their order.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static IReadOnlyDictionary<string, ClaimRow> Read(ReadOnlyMemory<byte> bytes)
    {
        using var table = new CsvTable(bytes);
        for (var i = 0; i < Math.Max(Columns.Length, table.Header.Count); i++)
            table.RequireColumn(i, i < Columns.Length ? Columns[i] : null);
        var claims = new OrderedDictionary<string, ClaimRow>(StringComparer.Ordinal);
        while (table.Next())
            Add(claims, table, Row(table));
        return claims;
    }

    /// <summary>Reads, by the words of each claim, its verdict and effect from a table that may have other columns, such as one of an earlier version.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <exception cref="InvalidDataException">The table can't be read, or lacks claim or verdict; the message names line, column and remedy.</exception>
    public static IReadOnlyDictionary<string, ClaimRow> ReadVerdicts(ReadOnlyMemory<byte> bytes)
    {
        using var table = new CsvTable(bytes);
        table.RequireColumn(0, Columns[0]);
        table.RequireColumn(1, Columns[1]);
        var claims = new OrderedDictionary<string, ClaimRow>(StringComparer.Ordinal);
        while (table.Next())
        {
            Add(
                claims,
                table,
                new()
                {
                    Verdict = Verdict(table),
                    Effect = Number("effect"),
                    EffectSize = Number("effect_size"),
                    P = Number("p"),
                    AdjustedP = Number("p_adjusted"),
                    Pairs = 0,
                }
            );
        }
        return claims;

        double? Number(string column) =>
            table.Header.Contains(column, StringComparer.Ordinal) ? table.Number(column) : null;
    }

    internal static byte[] Write(StudyTables tables) =>
        Csv.Write(
            Columns,
            tables.Plan.Claims.Zip(tables.Claims, (claim, row) => Record(tables.Plan.Scientific, claim, row))
        );

    private static void Add(OrderedDictionary<string, ClaimRow> claims, CsvTable table, ClaimRow row)
    {
        if (!claims.TryAdd(table["claim"], row))
            throw table.Error("claim", "a line before says the same");
    }

    private static ClaimVerdict Verdict(CsvTable table) =>
        Verdicts.TryGetValue(table["verdict"], out var verdict)
            ? verdict
            : throw table.Error(
                "verdict",
                $"'{table["verdict"]}' is no verdict; the verdicts are {string.Join(", ", Verdicts.Keys)}"
            );

    private static ClaimRow Row(CsvTable table) =>
        new()
        {
            Verdict = Verdict(table),
            Effect = table.Number("effect"),
            Low = table.Number("low"),
            High = table.Number("high"),
            EffectSize = table.Number("effect_size"),
            Pairs = table.Whole("pairs"),
            P = table.Number("p"),
            AdjustedP = table.Number("p_adjusted"),
            OppositeP = table.Number("p_opposite"),
            AdjustedOppositeP = table.Number("p_opposite_adjusted"),
            Reason = table["reason"] is { Length: > 0 } reason ? reason : null,
        };

    private static IEnumerable<string> Record(IReadOnlyList<Axis> scientific, Claim claim, ClaimRow row)
    {
        var isExact = !claim.IsStatistical;
        return
        [
            claim.Says,
            EnumText.Name(row.Verdict),
            claim.Metric,
            ClaimText.Cell(scientific, claim.Left, row.BestLeft),
            EnumText.Name(claim.Relation),
            claim.Right is { } right ? ClaimText.Cell(scientific, right, row.BestRight) : "",
            Csv.Number(claim.Number),
            Csv.Number(claim.High),
            Csv.Number(isExact ? null : claim.Factor ?? claim.By),
            isExact ? ""
            : claim.Factor is null ? "linear"
            : "log",
            Csv.Number(row.Effect),
            Csv.Number(row.Low),
            Csv.Number(row.High),
            Csv.Number(row.EffectSize),
            Csv.Number(row.Pairs),
            Csv.Number(row.P),
            Csv.Number(row.AdjustedP),
            Csv.Number(row.OppositeP),
            Csv.Number(row.AdjustedOppositeP),
            row.Reason ?? "",
            claim.Source,
            claim.Basis,
        ];
    }
}
