using System.Globalization;
using CsvHelper;
using Pipeline.Artifacts;

namespace Pipeline.Results;

/// <summary>Reads a table of results, row by row, and words errors with line and column.</summary>
internal sealed class CsvTable : IDisposable
{
    private const int LongestTold = 1000;

    private readonly CsvReader reader;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">There is none, it can't be read, or two columns have one name.</exception>
    public CsvTable(ReadOnlyMemory<byte> bytes)
    {
        reader = CsvReader.Create(
            bytes,
            new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                SkipEmptyLines = false,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            }
        );
        if (!Read())
            throw Damaged("the file is empty");
        Header = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
        for (var i = 0; i < Header.Count; i++)
        {
            if (!columns.TryAdd(Header[i], i))
                throw Error(Header[i], "there are two columns of this name");
        }
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>A field of the current row.</summary>
    public string this[string column] => reader.GetString(columns[column]);

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="InvalidDataException">The row can't be read, or has more or fewer fields than there are columns.</exception>
    public bool Next()
    {
        if (!Read())
            return false;
        return reader.FieldCount == Header.Count
            ? true
            : throw Error($"there are {reader.FieldCount} fields, but {Header.Count} columns");
    }

    /// <summary>Checks, while the header is the current row, that a column has a name.</summary>
    /// <param name="index">The column, from 0.</param>
    /// <param name="name">The name, or null where there is to be no such column.</param>
    /// <exception cref="InvalidDataException">It hasn't.</exception>
    public void RequireColumn(int index, string? name)
    {
        var there = index < Header.Count ? Header[index] : null;
        if (there != name)
            throw Error(
                there is null
                    ? $"the column {name} is missing"
                    : $"column {index + 1} is {there}{(name is null ? ", which the table doesn't have" : $", not {name}")}"
            );
    }

    /// <summary>A finite number; null where the field is <see cref="TableText.NoNumber"/>, or empty as earlier versions wrote it.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public double? Number(string column) =>
        this[column] switch
        {
            "" or TableText.NoNumber => null,
            var text
                when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number) => number,
            var text => throw Error(column, $"'{text}' is not a number"),
        };

    /// <summary>A whole number from 0.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public int Whole(string column) =>
        int.TryParse(this[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Error(column, $"'{this[column]}' is not a whole number");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public bool Truth(string column) =>
        this[column] switch
        {
            TableText.True => true,
            TableText.False => false,
            var text => throw Error(column, $"'{text}' is neither {TableText.True} nor {TableText.False}"),
        };

    /// <summary>An exception that names the current line.</summary>
    public InvalidDataException Error(string what) => Damaged($"line {reader.LineNumber}: {what}");

    /// <summary>An exception that names the current line and a column.</summary>
    public InvalidDataException Error(string column, string what) =>
        Damaged($"line {reader.LineNumber}, column {column}: {what}");

    /// <summary>An exception that tells the remedy, in one line: what is quoted may be of any length, and have several.</summary>
    public static InvalidDataException Damaged(string what, Exception? cause = null)
    {
        what = what.ReplaceLineEndings("↵");
        return new(
            $"{(what.Length > LongestTold ? what[..LongestTold] + "…" : what)}; write it again with --target=Report.",
            cause
        );
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw Damaged($"line {e.LineNumber}: it can't be read ({e.Message.Split('\n')[0].TrimEnd('.')})", e);
        }
    }
}
