using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>Reads the names of the columns, and recognizes a header that isn't declared.</summary>
internal static class CsvHeader
{
    private const string Unnamed = "Unnamed: ";

    /// <summary>The names of the columns.</summary>
    /// <param name="table">The table at its header.</param>
    /// <param name="description">What is allowed.</param>
    /// <exception cref="InvalidDataException">A column has no name, or the row looks like a sample.</exception>
    public static string[] Read(CsvTable table, DataSetDescription description)
    {
        string[] header = [.. Enumerable.Range(0, table.Count).Select(j => table[j].Trim())];
        var nameless = Array.FindIndex(header, name => name.Length == 0 || IsPandasIndex(name));
        if (
            nameless > 0
            && nameless == header.Length - 1
            && !description.Allows(Allowance.UnnamedColumn)
            && header[nameless].Length == 0
        )
            throw table.Error(
                $"column {nameless + 1} has no name, as if each line ended in one separator too many: take it away, name the column, "
                    + $"or {Allowance.UnnamedColumn.Hint}"
            );
        if (nameless >= 0 && !description.Allows(Allowance.UnnamedColumn))
            throw table.Error(
                $"column {nameless + 1} has {(header[nameless].Length == 0 ? "no name" : "the name " + CsvText.Quoted(header[nameless]))}, "
                    + "as pandas and R write row numbers: leave it out (to_csv(index=False), row.names = FALSE), name it, "
                    + $"or {Allowance.UnnamedColumn.Hint}"
            );
        if (!description.Allows(Allowance.HeaderOfNumbers) && IsSample(header))
            throw table.Error(
                "the header holds numbers only, as if it were a sample: take header: true out of the description, "
                    + $"or {Allowance.HeaderOfNumbers.Hint}"
            );
        return header;
    }

    /// <summary>Makes sure that the first row is a sample.</summary>
    /// <param name="table">The table at its first row.</param>
    /// <param name="label">The column of the class.</param>
    /// <param name="description">What is allowed.</param>
    /// <exception cref="InvalidDataException">The row looks like a header.</exception>
    public static void RequireNone(CsvTable table, int label, DataSetDescription description)
    {
        var row = Enumerable.Range(0, table.Count).Select(j => table[j].Trim()).ToArray();
        var texts = row.Where((field, j) => j != label && !CsvClasses.IsNumber(field)).ToArray();
        var isHeader =
            texts.Length == row.Length - 1
            && texts.All(text =>
                text.Length > 0 && !MissingValue.Is(text) && text.Any(char.IsLetter) && !IsNumeric(text)
            );
        if (isHeader)
            throw table.Error(
                $"{CsvText.Quoted(texts[0])} in column {(label == 0 ? 2 : 1)} is not a number; "
                    + "if the row names the columns, add header: true to the description"
            );
        if (row[0].Length == 0 && label != 0 && row.Skip(1).All(field => field.Length > 0))
            throw table.Error(
                "column 1 is empty; if the row names the columns, add header: true to the description, "
                    + "else fill missing values in or leave the row out"
            );
        if (
            row.Length > 2
            && !description.Allows(Allowance.FirstRowLikeHeader)
            && row.Index().All(field => field.Item == field.Index.ToString(CultureInfo.InvariantCulture))
        )
            throw table.Error(
                $"the row reads 0, 1, … {row.Length - 1}, as pandas names columns: add header: true to the description, "
                    + $"or {Allowance.FirstRowLikeHeader.Hint}"
            );
    }

    // Infinity, 0x10 and the like: a value that is wrong, no name.
    private static bool IsNumeric(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) || char.IsAsciiDigit(text[0]);

    // Years and numbers of columns ascend; values of a sample hardly do.
    private static bool IsSample(string[] header) =>
        header.All(CsvClasses.IsNumber)
        && header.Select(name => double.Parse(name, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray()
            is var values
        && values.Zip(values.Skip(1)).Any(pair => pair.First >= pair.Second);

    // As pandas calls it when it reads the file again.
    private static bool IsPandasIndex(string name) =>
        name.StartsWith(Unnamed, StringComparison.Ordinal) && CsvClasses.IsNumber(name[Unnamed.Length..]);
}
