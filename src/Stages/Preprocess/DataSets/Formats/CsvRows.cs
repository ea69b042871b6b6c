using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>The rows of one CSV file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Header">The names of the columns; empty without header.</param>
/// <param name="Columns">The number of columns, the class included.</param>
/// <param name="Label">The column of the class, from 0.</param>
/// <param name="Features">The features row by row.</param>
/// <param name="Labels">The class of each row as the file has it.</param>
/// <param name="Lines">The line in which each row begins.</param>
internal sealed record CsvRows(
    string Path,
    IReadOnlyList<string> Header,
    int Columns,
    int Label,
    float[] Features,
    IReadOnlyList<string> Labels,
    IReadOnlyList<long> Lines
)
{
    /// <summary>What was taken as header and class.</summary>
    public string ReadAs =>
        Header.Count > 0
            ? $"a header, class in column {Label + 1} ({CsvText.Quoted(Header[Label])})"
            : $"no header, class in column {Label + 1}";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="description">How it is to be read.</param>
    /// <param name="like">The training file, which a test file must be like; else null.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="InvalidDataException">The file is not of the format, or not like the other.</exception>
    public static CsvRows Read(
        string path,
        DataSetDescription description,
        CsvRows? like,
        CancellationToken cancellation
    )
    {
        using var table = new CsvTable(path, cancellation);
        if (!table.Next())
            throw table.Error("the file is empty");
        table.Columns = table.Count;
        if (table.Count < 2)
            throw table.Error(
                "there is one column; a class and at least one feature are expected, with commas between"
            );
        if (like is not null && table.Count != like.Columns)
            throw table.Error($"there are {table.Count} columns; the training file has {like.Columns}");
        string[] header = description.HasHeader ? CsvHeader.Read(table, description) : [];
        RequireSame(table, header, like?.Header ?? header);
        var label = CsvLabel.Column(table, description.Label, header);
        if (description.HasHeader && !table.Next())
            throw table.Error("there is no row below the header");
        if (!description.HasHeader)
            CsvHeader.RequireNone(table, label, description);
        var (features, labels, lines) = (new List<float>(), new List<string>(), new List<long>());
        do
        {
            lines.Add(table.Line);
            for (var j = 0; j < table.Count; j++)
            {
                if (j == label)
                    labels.Add(CsvLabel.Read(table, j, description));
                else
                    features.Add(Number(table, j));
            }
        } while (table.Next());
        return new(path, header, table.Columns.Value, label, [.. features], labels, lines);
    }

    /// <summary>The rows, their classes numbered.</summary>
    /// <exception cref="InvalidDataException">A row's class is none of them.</exception>
    public Samples Numbered(CsvClasses classes)
    {
        var labels = new int[Labels.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] =
                classes.Find(Labels[i])
                ?? throw new InvalidDataException(
                    $"{Path}:{Lines[i]}: the class {CsvText.Quoted(Labels[i])} is none of the training file's."
                );
        }
        return new(Path, [Columns - 1], null, Features, Path, labels);
    }

    /// <summary>Makes sure that what looks like a mistake of whoever wrote the file is allowed.</summary>
    /// <exception cref="InvalidDataException">It isn't.</exception>
    public void RequireMeant(DataSetDescription description)
    {
        if (Header.Count == 0)
            RequireNoTextAbove(description);
        if (!description.Allows(Allowance.RowNumbers) && Labels.Count >= ClassNumbers.FewestJudged)
            RequireNoRowNumbers();
    }

    // Names of columns are texts: where all classes but the first row's are numbers, that row is the header.
    private void RequireNoTextAbove(DataSetDescription description)
    {
        if (
            Labels.Count > 2
            && !description.Allows(Allowance.FirstRowLikeHeader)
            && !CsvClasses.IsNumber(Labels[0])
            && Labels.Skip(1).All(CsvClasses.IsNumber)
        )
            throw new InvalidDataException(
                $"{Path}:{Lines[0]}: the class {CsvText.Quoted(Labels[0])} is a text and all others are numbers, as if the row named the "
                    + $"columns: add header: true to the description, or {Allowance.FirstRowLikeHeader.Hint}."
            );
    }

    private void RequireNoRowNumbers()
    {
        var width = Columns - 1;
        for (var j = 0; j < width; j++)
        {
            var i = 0;
            while (i < Labels.Count && Features[j] is 0 or 1 && Features[(i * width) + j] == Features[j] + i)
                i++;
            var column = j < Label ? j + 1 : j + 2;
            if (i == Labels.Count)
                throw new InvalidDataException(
                    $"{Path}:{Lines[0]}: column {column} counts the rows from {Features[j]} on and would be a feature: leave it out "
                        + $"(pandas: to_csv(index=False), R: row.names = FALSE), or {Allowance.RowNumbers.Hint}."
                );
        }
    }

    private static void RequireSame(CsvTable table, string[] header, IReadOnlyList<string> training)
    {
        for (var j = 0; j < header.Length; j++)
        {
            if (header[j] != training[j])
                throw table.Error(
                    $"column {j + 1} is {CsvText.Quoted(header[j])} and in the training file {CsvText.Quoted(training[j])}; "
                        + "the columns must be the same"
                );
        }
    }

    private static float Number(CsvTable table, int column)
    {
        if (string.IsNullOrWhiteSpace(table[column]))
            throw table.Error($"column {column + 1} is empty; fill missing values in or leave the row out");
        if (!double.TryParse(table[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            throw table.Error(
                $"{table.Quoted(column)} in column {column + 1} is not a number"
                    + (
                        CsvLabel.HasDecimalComma(table[column].Trim())
                            ? "; write a point before decimals, as in 1.5"
                            : ""
                    )
            );
        return float.IsFinite((float)value)
            ? (float)value
            : throw table.Error($"{table.Quoted(column)} in column {column + 1} is not a finite float32");
    }
}
