using System.Globalization;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// 1,797 images of 8 × 8 hand-written digits, intensities 0…16. Source: UCI, Optical Recognition of Handwritten Digits,
/// its test part; CC BY 4.0. The file: gzipped CSV without header, 64 intensities and the class a row.
/// </summary>
internal sealed class Digits : DataSetReader
{
    private const int Rows = 1797;
    private const int Features = 64;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; } = ["digits.csv.gz"];

    /// <inheritdoc/>
    public override string Remedy => "it belongs to this repository: restore it with git checkout -- experiments/data";

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape { get; } = [1, 8, 8];

    /// <inheritdoc/>
    public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default)
    {
        var features = new byte[Rows * Features];
        var labels = new int[Rows];
        using var table = new CsvTable(paths[0], cancellation) { Columns = Features + 1 };
        for (var row = 0; row < Rows; row++)
        {
            if (!table.Next())
                throw table.Error($"the file ends there; {Rows} rows are expected");
            for (var j = 0; j < Features; j++)
                features[(row * Features) + j] = (byte)Whole(table, j, 16);
            labels[row] = Whole(table, Features, 9);
        }
        if (table.Next())
            throw table.Error($"there are more than {Rows} rows");
        return new()
        {
            Shape = Shape!,
            Classes = 10,
            Bytes = features,
            Labels = labels,
        };
    }

    // The file writes whole numbers with or without a decimal point.
    private static int Whole(CsvTable table, int column, int largest) =>
        double.TryParse(table[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value >= 0
        && value <= largest
        && value == Math.Floor(value)
            ? (int)value
            : throw table.Error($"{table.Quoted(column)} in column {column + 1} is not a whole number in 0…{largest}");
}
