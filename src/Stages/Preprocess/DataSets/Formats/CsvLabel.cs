using System.Globalization;
using Pipeline.Artifacts;

namespace Pipeline.Stages.Preprocess.DataSets.Formats;

/// <summary>Finds the column of the class, and reads the class of a row.</summary>
internal static class CsvLabel
{
    /// <summary>The column, from 0.</summary>
    /// <param name="table">The table at its first row.</param>
    /// <param name="label">The column's name or its number from 1; null for the last column.</param>
    /// <param name="header">The names of the columns; empty without header.</param>
    /// <exception cref="InvalidDataException">No column is meant, or more than one.</exception>
    public static int Column(CsvTable table, string? label, string[] header)
    {
        if (label is null)
            return table.Count - 1;
        var named = Array.IndexOf(header, label);
        if (named >= 0 && Array.LastIndexOf(header, label) is var last && last != named)
            throw table.Error(
                $"columns {named + 1} and {last + 1} are both named '{label}'; rename all but the one of the class"
            );
        var isNumber =
            int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= table.Count;
        if (isNumber && named >= 0 && named != number - 1)
            throw table.Error(
                $"'{label}' is the name of column {named + 1} and the number of another; rename column {named + 1}"
            );
        if (named >= 0 || isNumber)
            return named >= 0 ? named : number - 1;
        if (header.Length == 0)
            throw table.Error(
                $"there is no column {label} among {table.Count}; without header a column goes by its number from 1"
            );
        var sentence = CatalogueArguments.Unknown("column", label, header).Message;
        throw table.Error(char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.'));
    }

    /// <summary>The class of the current row.</summary>
    /// <exception cref="InvalidDataException">It is missing, or is hardly meant and not allowed.</exception>
    public static string Read(CsvTable table, int column, DataSetDescription description)
    {
        var label = table[column].Trim();
        if (label.Length == 0)
            throw table.Error($"column {column + 1} is empty; fill missing values in or leave the row out");
        if (CsvText.Invisible(label) is { } invisible)
            throw table.Error($"column {column + 1} holds {CsvText.Named(invisible)}; delete it");
        if (MissingValue.Is(label) && !description.Allows(Allowance.MissingLabels))
            throw table.Error(
                $"the class {CsvText.Quoted(label)} in column {column + 1} says that it is missing; fill missing values in, "
                    + $"leave the row out, or {Allowance.MissingLabels.Hint}"
            );
        return HasDecimalComma(label) && !description.Allows(Allowance.DecimalCommas)
            ? throw table.Error(
                $"the class {CsvText.Quoted(label)} in column {column + 1} is a number with a comma; write a point before decimals, as in 1.5, "
                    + $"and nothing between thousands, or {Allowance.DecimalCommas.Hint}"
            )
            : label;
    }

    /// <summary>Whether a text is a number with a comma before its decimals, or between thousands.</summary>
    public static bool HasDecimalComma(string text) =>
        text.AsSpan().Count(',') >= 1
        && char.IsAsciiDigit(text[^1])
        && CsvClasses.IsNumber(
            text.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)
        );
}
