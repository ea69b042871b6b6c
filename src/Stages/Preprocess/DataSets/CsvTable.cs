using System.Buffers;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>
/// Reads a CSV file, gzipped or not, row by row, and words errors with file and line. Empty lines at the end are none; elsewhere they are
/// refused, as are bytes that are no UTF-8, control characters and fields of more than 64 KiB.
/// </summary>
internal sealed class CsvTable(string path, CancellationToken cancellation = default) : IDisposable
{
    private const int LongestField = 1 << 16;

    // 64 MiB: hundreds of thousands of columns.
    private const int LongestRow = 1 << 26;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Append(0x7f).Select(b => (byte)b).Except("\t\r\n"u8.ToArray()),
    ]);

    private readonly CsvReader reader = CsvReader.Create(
        DataFile.Open(path, cancellation),
        new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            SkipEmptyLines = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
            MaxRecordSize = LongestRow,
            IncludeValuesInExceptions = false,
        }
    );

    private long next = 1;

    /// <summary>The number of columns that the rows which follow must have; null where they may have any.</summary>
    public int? Columns { get; set; }

    /// <summary>The line in which the current row begins, from 1; at the end, the line behind the last row.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The number of columns of the current row.</summary>
    public int Count => reader.FieldCount;

    /// <summary>A field of the current row.</summary>
    public string this[int column] => reader.GetString(column);

    /// <summary>A field of the current row in quotes, its end left out where it is long.</summary>
    public string Quoted(int column) => CsvText.Quoted(this[column]);

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="InvalidDataException">The row has another number of columns, or can't be read.</exception>
    public bool Next()
    {
        if (!Read())
            return false;
        if (IsEmpty)
        {
            var empty = Line;
            while (Read())
            {
                if (IsEmpty)
                    continue;
                Line = empty;
                throw Error("the line is empty; delete it");
            }
            Line = empty;
            return false;
        }
        RequireText();
        return Columns is null || Count == Columns
            ? true
            : throw Error($"there are {Count} columns; {Columns} are expected");
    }

    /// <summary>An exception that names file and line.</summary>
    public InvalidDataException Error(string what) => new($"{path}:{Line}: {what}.");

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private bool IsEmpty => Count == 1 && reader.RawRecord.IndexOfAnyExcept(" \t"u8) < 0;

    private bool Read()
    {
        Line = next;
        try
        {
            if (!reader.Read())
                return false;
        }
        catch (CsvFormatException e)
        {
            throw Error(
                e.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal)
                    ? $"the row is longer than {LongestRow >> 20} MiB, as if line breaks or a closing quote were missing; mend it"
                    : $"it can't be read ({e.Message.Split('\n')[0].TrimEnd('.')}); mend the row or get the file again"
            );
        }
        Line = reader.LineNumber;
        next = Line + LineBreaks(reader.RawRecord) + 1;
        return true;
    }

    private void RequireText()
    {
        var row = reader.RawRecord;
        if (!Utf8.IsValid(row))
        {
            var valid = 0;
            while (Rune.DecodeFromUtf8(row[valid..], out _, out var length) == OperationStatus.Done)
                valid += length;
            var before = Encoding.UTF8.GetString(row[..valid]);
            var column = before.Length - before.LastIndexOf('\n');
            throw new InvalidDataException(
                $"{path}:{Line + LineBreaks(row[..valid])}:{column}: this byte is no UTF-8; save the file as UTF-8 text."
            );
        }
        if (row.Length <= LongestField && !row.ContainsAny(Controls))
            return;
        for (var j = 0; j < Count; j++)
        {
            var field = reader.GetSpan(j);
            if (field.Length > LongestField)
                throw Error(
                    $"column {j + 1} is {field.Length:N0} bytes long, {Quoted(j)}; {LongestField:N0} are the most, "
                        + "so that commas, line breaks or a closing quote are probably missing"
                );
            if (field.IndexOfAny(Controls) is >= 0 and var at)
                throw Error($"column {j + 1} holds {CsvText.Named((char)field[at])}; delete it");
        }
    }

    private static int LineBreaks(ReadOnlySpan<byte> text) =>
        text.Count((byte)'\n') + text.Count((byte)'\r') - text.Count("\r\n"u8);
}
