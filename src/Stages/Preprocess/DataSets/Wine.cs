using System.Globalization;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// 178 wines, 13 chemical measurements on very different scales, 3 growers. Source: UCI, Wine; CC BY 4.0.
/// The file: CSV whose first line is rows, features and class names; then measurements and the class a row.
/// </summary>
internal sealed class Wine : DataSetReader
{
    private const int Rows = 178;
    private const int Features = 13;
    private const int Classes = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; } = ["wine_data.csv"];

    /// <inheritdoc/>
    public override string Remedy => "it belongs to this repository: restore it with git checkout -- experiments/data";

    /// <inheritdoc/>
    public override IReadOnlyList<int>? Shape { get; } = [Features];

    /// <inheritdoc/>
    public override DataSet Read(IReadOnlyList<string> paths, CancellationToken cancellation = default)
    {
        using var table = new CsvTable(paths[0], cancellation);
        if (!table.Next() || table.Count != 2 + Classes || table[0] != "178" || table[1] != "13")
            throw table.Error("the first line should read 178,13 and three class names");
        table.Columns = Features + 1;
        var features = new float[Rows * Features];
        var labels = new int[Rows];
        for (var row = 0; row < Rows; row++)
        {
            if (!table.Next())
                throw table.Error($"the file ends there; {Rows} rows are expected");
            for (var j = 0; j < Features; j++)
            {
                features[(row * Features) + j] =
                    float.TryParse(table[j], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    && float.IsFinite(value)
                        ? value
                        : throw table.Error($"{table.Quoted(j)} in column {j + 1} is not a number");
            }
            labels[row] = table[Features] is ['0' or '1' or '2'] label
                ? label[0] - '0'
                : throw table.Error($"{table.Quoted(Features)} is not a class in 0…2");
        }
        if (table.Next())
            throw table.Error($"there are more than {Rows} rows");
        return new()
        {
            Shape = [Features],
            Classes = Classes,
            Floats = features,
            Labels = labels,
        };
    }
}
