using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>A CSV file: a row a sample, one column its class, all others numbers, parsed as float64 and rounded to float32.</summary>
internal static class CsvFormat
{
    /// <summary>Reads training and test file.</summary>
    /// <exception cref="InvalidDataException">A file is not of the format, or the test file doesn't fit the training file.</exception>
    public static DataSet Read(DataSetDescription description, string trainingPath, string? testPath)
    {
        var training = Rows.Read(trainingPath, description, null);
        var classes = CsvClasses.Of(trainingPath, training.Labels);
        var test = testPath is null ? null : Rows.Read(testPath, description, training);
        return Samples.Join(
            training.Numbered(trainingPath, classes),
            test?.Numbered(testPath!, classes),
            classes.Count
        );
    }

    /// <summary>The rows of one file.</summary>
    /// <param name="Header">The names of the columns; empty without header.</param>
    /// <param name="Columns">The number of columns, the class included.</param>
    /// <param name="Features">The features row by row.</param>
    /// <param name="Labels">The class of each row as the file has it.</param>
    private sealed record Rows(
        IReadOnlyList<string> Header,
        int Columns,
        float[] Features,
        IReadOnlyList<string> Labels
    )
    {
        public Samples Numbered(string path, CsvClasses classes)
        {
            var labels = new int[Labels.Count];
            for (var i = 0; i < labels.Length; i++)
            {
                labels[i] =
                    classes.Find(Labels[i])
                    ?? throw new InvalidDataException(
                        $"{path}:{i + (Header.Count > 0 ? 2 : 1)}: the class '{Labels[i]}' is none of the training file's."
                    );
            }
            return new(path, [Columns - 1], null, Features, path, labels);
        }

        public static Rows Read(string path, DataSetDescription description, Rows? like)
        {
            using var table = new CsvTable(path);
            if (!table.Next())
                throw table.Error("the file is empty");
            table.Columns = table.Count;
            if (table.Count < 2)
                throw table.Error(
                    "there is one column; a class and at least one feature are expected, with commas between"
                );
            if (like is not null && table.Count != like.Columns)
                throw table.Error($"there are {table.Count} columns; the training file has {like.Columns}");
            string[] header = description.HasHeader
                ? [.. Enumerable.Range(0, table.Count).Select(j => table[j].Trim())]
                : [];
            RequireSame(table, header, like?.Header ?? header);
            var label = CsvLabel.Column(table, description.Label, header);
            if (description.HasHeader && !table.Next())
                throw table.Error("there is no row below the header");
            var (features, labels) = (new List<float>(), new List<string>());
            do
            {
                for (var j = 0; j < table.Count; j++)
                {
                    if (string.IsNullOrWhiteSpace(table[j]))
                        throw table.Error($"column {j + 1} is empty; fill missing values in or leave the row out");
                    if (j == label)
                        labels.Add(table[j].Trim());
                    else
                        features.Add(Number(table, j));
                }
            } while (table.Next());
            return new(header, table.Columns.Value, [.. features], labels);
        }

        private static void RequireSame(CsvTable table, string[] header, IReadOnlyList<string> training)
        {
            for (var j = 0; j < header.Length; j++)
            {
                if (header[j] != training[j])
                    throw table.Error(
                        $"column {j + 1} is '{header[j]}' and in the training file '{training[j]}'; the columns must be the same"
                    );
            }
        }

        private static float Number(CsvTable table, int column)
        {
            if (!double.TryParse(table[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                throw table.Error($"'{table[column]}' in column {column + 1} is not a number");
            return float.IsFinite((float)value)
                ? (float)value
                : throw table.Error($"'{table[column]}' in column {column + 1} is not a finite float32");
        }
    }
}
