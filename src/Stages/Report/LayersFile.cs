using Pipeline.Artifacts;

namespace Pipeline.Stages.Report;

/// <summary>
/// <c>layers.csv</c>, a row a cell, epoch, layer and probe: a column a scientific axis; <c>epoch</c> (0 at
/// initialization), <c>layer</c> (from 1), <c>name</c> of the layer, <c>probe</c>; <c>mean</c> over seeds and its
/// 95 % interval from <c>low</c> to <c>high</c>, <c>NaN</c> where there is none; <c>runs</c> that have a value.
/// Unlike the numbers of the other tables, means and intervals are rounded to <see cref="Digits"/> significant
/// digits, because the file has many.
/// </summary>
internal static class LayersFile
{
    public const string Name = "layers.csv";

    /// <summary>As many as tell float32 values apart.</summary>
    public const int Digits = 7;

    public static byte[] Write(StudyTables tables) =>
        Csv.Write(
            [
                .. tables.Plan.Scientific.Select(axis => axis.Key),
                "epoch",
                "layer",
                "name",
                "probe",
                "mean",
                "low",
                "high",
                "runs",
            ],
            tables.Layers.Select(row => Record(tables.Cells[row.Cell], row))
        );

    private static IEnumerable<string> Record(CellRow cell, LayerRow row) =>
        [
            .. cell.Values.Select(value => value.ToString()),
            Csv.Number(row.Epoch),
            Csv.Number(row.Layer),
            row.Name,
            row.Probe,
            Rounded(row.Value.Mean),
            Rounded(row.Value.Low),
            Rounded(row.Value.High),
            Csv.Number(row.Runs),
        ];

    private static string Rounded(double? value) =>
        value is { } number && double.IsFinite(number) ? Rounding.Significant(number, Digits) : TableText.NoNumber;
}
