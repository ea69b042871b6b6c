using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;
using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary>
/// Reads a table of results as a <see cref="DataFrame"/>, rows and columns in the file's order. Numbers are
/// <see cref="double"/>, <see cref="double.NaN"/> where there is none; whole numbers are
/// <see cref="long"/>; no column holds nulls.
/// </summary>
internal static class TableFrame
{
    /// <summary>A table.</summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="columns">What its columns hold.</param>
    /// <param name="typeOfAxis">The type of an axis, where it is known; null where its values in this table tell it.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a table; the message names line, column and remedy.</exception>
    public static DataFrame Read(ReadOnlyMemory<byte> bytes, TableColumns columns, Func<string, ColumnType?> typeOfAxis)
    {
        using var table = new CsvTable(bytes);
        foreach (var known in columns.Known.Keys)
        {
            if (!table.Header.Contains(known, StringComparer.Ordinal))
                throw table.Error($"the column {known} is missing");
        }
        var fields = table
            .Header.Zip(columns.Of(table.Header), (name, type) => Fields(table, name, type ?? typeOfAxis(name)))
            .ToArray();
        while (table.Next())
        {
            foreach (var (read, _) in fields)
                read();
        }
        return new(Array.ConvertAll(fields, column => column.Made()));
    }

    /// <summary>The table of a study that has none of a kind: no rows.</summary>
    public static DataFrame Empty(TableColumns columns) =>
        Read(Encoding.UTF8.GetBytes(string.Join(',', columns.Known.Keys)), columns, _ => null);

    /// <summary>The type of a column that was read.</summary>
    public static ColumnType TypeOf(DataFrameColumn column) =>
        column switch
        {
            DoubleDataFrameColumn => ColumnType.Number,
            Int64DataFrameColumn => ColumnType.Whole,
            BooleanDataFrameColumn => ColumnType.Truth,
            _ => ColumnType.Text,
        };

    /// <summary>What takes a column's field of the current row, and what makes the column in the end.</summary>
    private static (Action Read, Func<DataFrameColumn> Made) Fields(CsvTable table, string name, ColumnType? type)
    {
        return type switch
        {
            ColumnType.Number => Of(
                () => table.Number(name) ?? double.NaN,
                all => new DoubleDataFrameColumn(name, all)
            ),
            ColumnType.Whole => Of<long>(() => table.Whole(name), all => new Int64DataFrameColumn(name, all)),
            ColumnType.Truth => Of(() => table.Truth(name), all => new BooleanDataFrameColumn(name, all)),
            ColumnType.Text => Of(() => table[name], all => new StringDataFrameColumn(name, all)),
            _ => Of(() => table[name], all => Axis(name, all)),
        };

        static (Action Read, Func<DataFrameColumn> Made) Of<T>(Func<T> field, Func<List<T>, DataFrameColumn> column)
        {
            var all = new List<T>();
            return (() => all.Add(field()), () => column(all));
        }
    }

    private static DataFrameColumn Axis(string name, List<string> values) =>
        values.TrueForAll(IsNumber)
            ? new DoubleDataFrameColumn(name, values.Select(value => double.Parse(value, CultureInfo.InvariantCulture)))
        : values.TrueForAll(value => value is TableText.True or TableText.False)
            ? new BooleanDataFrameColumn(name, values.Select(value => value == TableText.True))
        : new StringDataFrameColumn(name, values);

    // As the writer has it: 007 and 1.0 are words.
    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
        && Scalar.Of(number).Json == text;
}
