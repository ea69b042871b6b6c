using CsvHelper;

namespace Pipeline.Stages.Preprocess.DataSets;

/// <summary>Reads a CSV file, gzipped or not, row by row, and words errors with file and row.</summary>
internal sealed class CsvTable(string path) : IDisposable
{
    private readonly CsvReader reader = CsvReader.Create(
        DataFile.Open(path),
        new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            SkipEmptyLines = false,
            MalformedData = CsvMalformedDataHandling.Throw,
        }
    );

    private long row;

    /// <summary>The number of columns that the rows which follow must have; null where they may have any.</summary>
    public int? Columns { get; set; }

    /// <summary>The number of columns of the current row.</summary>
    public int Count => reader.FieldCount;

    /// <summary>A field of the current row.</summary>
    public string this[int column] => reader.GetString(column);

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="InvalidDataException">The row has another number of columns, or can't be read.</exception>
    public bool Next()
    {
        row++;
        try
        {
            if (!reader.Read())
                return false;
        }
        catch (CsvFormatException e)
        {
            throw Error(
                $"it can't be read ({e.Message.Split('\n')[0].TrimEnd('.')}); mend the row or get the file again"
            );
        }
        return Columns is null || Count == Columns
            ? true
            : throw Error($"there are {Count} columns; {Columns} are expected");
    }

    /// <summary>An exception that names file and row.</summary>
    public InvalidDataException Error(string what) => new($"{path}:{row}: {what}.");

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
