using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary>
/// What a table's columns hold: some are in every table of its kind, the first of them that stands behind the axes ends
/// these, and all others are of metrics, or a metric's interval, and hold numbers. The names are those of
/// <see cref="RunColumns"/>, <see cref="CellColumns"/> and <see cref="ClaimColumns"/>.
/// </summary>
/// <param name="AfterAxes">The column behind those of the axes.</param>
/// <param name="Known">The columns that every table of this kind has, in their order.</param>
internal sealed record TableColumns(string AfterAxes, OrderedDictionary<string, ColumnType> Known)
{
    private static readonly string[] ClaimTexts =
    [
        ClaimColumns.Claim,
        ClaimColumns.Verdict,
        "metric",
        "left",
        "relation",
        "right",
        "scale",
        ClaimColumns.Test,
        ClaimColumns.Reason,
        "source",
        "basis",
    ];

    /// <summary>Those of <c>runs.csv</c>.</summary>
    public static TableColumns Runs { get; } =
        new(
            RunColumns.Seed,
            new(StringComparer.Ordinal)
            {
                [RunColumns.Run] = ColumnType.Text,
                [RunColumns.Seed] = ColumnType.Whole,
                [RunColumns.Outcome] = ColumnType.Text,
                [RunColumns.Steps] = ColumnType.Whole,
                [RunColumns.Correct] = ColumnType.Text,
            }
        );

    /// <summary>Those of <c>cells.csv</c>.</summary>
    public static TableColumns Cells { get; } =
        new(
            CellColumns.Runs,
            new(StringComparer.Ordinal)
            {
                [CellColumns.Runs] = ColumnType.Whole,
                [CellColumns.Diverged] = ColumnType.Whole,
            }
        );

    /// <summary>Those of <c>claims.csv</c>.</summary>
    public static TableColumns Claims { get; } = new(ClaimColumns.Claim, OfClaims());

    /// <summary>Those of <c>layers.csv</c>.</summary>
    public static TableColumns Layers { get; } =
        new(
            "epoch",
            new(StringComparer.Ordinal)
            {
                ["epoch"] = ColumnType.Whole,
                ["layer"] = ColumnType.Whole,
                ["name"] = ColumnType.Text,
                ["probe"] = ColumnType.Text,
                ["mean"] = ColumnType.Number,
                ["low"] = ColumnType.Number,
                ["high"] = ColumnType.Number,
                ["runs"] = ColumnType.Whole,
            }
        );

    /// <summary>The type of each column of a header; null for axes, whose values tell it.</summary>
    public IReadOnlyList<ColumnType?> Of(IReadOnlyList<string> header)
    {
        string[] axes = [.. header.TakeWhile(column => column != AfterAxes)];
        string[] flags = Array.ConvertAll(axes, CellColumns.AtEdge);
        return
        [
            .. header.Select(
                (column, i) =>
                    Known.TryGetValue(column, out var type) ? type
                    : i >= axes.Length ? ColumnType.Number
                    : flags.Contains(column, StringComparer.Ordinal) ? ColumnType.Truth
                    : (ColumnType?)null
            ),
        ];
    }

    private static OrderedDictionary<string, ColumnType> OfClaims()
    {
        var known = new OrderedDictionary<string, ColumnType>(StringComparer.Ordinal);
        foreach (var column in ClaimColumns.All)
            known.Add(
                column,
                column is ClaimColumns.Pairs or ClaimColumns.Looks ? ColumnType.Whole
                    : ClaimTexts.Contains(column, StringComparer.Ordinal) ? ColumnType.Text
                    : ColumnType.Number
            );
        return known;
    }
}
